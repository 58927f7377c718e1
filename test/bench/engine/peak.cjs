// Loaded before a measured program: leaves its peak memory (bytes) and processor time (ms) in the file it is told.
const { appendFileSync, readFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const record = { peakBytes: readPeak(), cpuMs: (user + system) / 1000 };
  if (process.env.BENCH_PEAK_FILE) appendFileSync(process.env.BENCH_PEAK_FILE, `${JSON.stringify(record)}\n`);
});

/** Linux hands the parent's peak on to a child's maxRSS, so its own is read where there is one. */
function readPeak() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
