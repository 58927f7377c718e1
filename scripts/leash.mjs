// Runs `node leash.mjs FILE ARGS…` and ends it, with everything that it started, as soon as stdin closes: the one who
// holds the other end of stdin may die in any way without leaving a process behind.
import { spawn } from 'node:child_process';

const [file, ...args] = process.argv.slice(2);
const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

const end = (signal) => {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
};
const endAll = () => {
  end('SIGTERM');
  setTimeout(() => {
    end('SIGKILL');
    process.exit(0);
  }, 1000);
};

process.stdin.on('end', endAll).on('error', endAll).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll);
child.on('exit', (code) => {
  end('SIGKILL');
  process.exit(code ?? 1);
});
