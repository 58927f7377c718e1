// Child processes of the scripts: their output shown line by line, their whole group ended with them.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const windows = process.platform === 'win32';

/**
 * Runs a command to its end, without stdin.
 * @param {string} command @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, line?: (text: string) => void, signal?: AbortSignal}} [options]
 * `line` gets each line of stdout and stderr
 * @returns {Promise<{code: number, output: string}>} output: stdout and stderr as they came
 */
export function runCommand(command, args, { cwd, env, line = () => {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
    const lines = [];
    const take = (text) => {
      lines.push(text);
      line(text);
    };
    createInterface({ input: child.stdout }).on('line', take);
    createInterface({ input: child.stderr }).on('line', take);
    child.on('error', (error) => {
      take(`${command}: ${error.message}`);
      resolve({ code: 127, output: lines.join('\n') });
    });
    child.on('close', (code, signal) => {
      if (signal) take(`${command} was ended by ${signal}`);
      resolve({ code: code ?? 1, output: lines.join('\n') });
    });
  });
}

/** Like `runCommand`, but a failure is an error that ends with the last lines of output. */
export async function mustRun(command, args, options = {}) {
  const { code, output } = await runCommand(command, args, options);
  if (code !== 0) {
    const last = output.split('\n').slice(-15).join('\n');
    throw new Error(`${[command, ...args].join(' ')} failed with exit code ${code}:\n${last}`);
  }
  return output;
}
