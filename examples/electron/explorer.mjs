// Starts `serlab explore` and finds the address it prints. Knows nothing of Electron: it runs under Node.js alone as well.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const clone = fileURLToPath(new URL('../../SerLab.csproj', import.meta.url));

/** The command line that runs SerLab: that of the environment variable SERLAB (a program), else `dotnet run` in this clone. */
export function command() {
  return process.env.SERLAB ? [process.env.SERLAB] : ['dotnet', 'run', '-c', 'Release', '--project', clone, '--'];
}

/**
 * Starts the explorer without a browser.
 * @param args What to explore: a model and a folder, a run, or nothing for the demonstration.
 * @param said Called with each line it writes.
 * @returns { address, stop() }; fails with what it wrote if it ends before it prints an address.
 */
export function startExplorer(args, said = () => {}) {
  const [program, ...rest] = command();
  const child = spawn(program, [...rest, 'explore', '--no-browser', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  const stop = () => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }

    child.once('exit', resolve);
    child.kill('SIGINT'); // as Ctrl+C: it takes its temporary files along
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  });

  return new Promise((resolve, reject) => {
    const listen = (line) => {
      lines.push(line);
      said(line);
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/[^\s/]+\//.exec(line) ?? [];
      if (address) resolve({ address, stop });
    };
    createInterface({ input: child.stdout }).on('line', listen);
    createInterface({ input: child.stderr }).on('line', listen);
    child.once('error', (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.once('close', () => reject(new Error(lines.slice(-5).join('\n') || 'SerLab ended without a word.')));
  });
}
