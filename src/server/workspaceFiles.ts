/** The scenario files below the folders of the workspace, those open in the editor as they are there. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ReadableFile } from '../language/documents';
import type { LocatedFile, ScenarioWorkspace } from '../language/model';
import { runInSlices } from '../language/slices';
import { TextBuffer } from '../language/textBuffer';
import type { OpenDocuments } from './openDocuments';

/** A file and its lines. */
export interface WorkspaceFile extends LocatedFile {
  readonly buffer: TextBuffer;
}

const NAME = /\.scenario\.(?:ya?ml|json)$/;
const SKIPPED = new Set(['node_modules', '.git', '.vscode-test', 'dist', 'out']);
/** Files looked at; a workspace with more answers for the first ones. */
const FILE_LIMIT = 2_000;
/** Bytes; a longer file counts only while it is open. */
const SIZE_LIMIT = 12_000_000;
const DEPTH_LIMIT = 20;

export class WorkspaceFiles implements ScenarioWorkspace {
  /** What is on disk, by URI, as long as its time of change is the same. */
  private readonly read = new Map<string, { readonly changed: number; readonly found: WorkspaceFile }>();

  constructor(
    private readonly documents: OpenDocuments,
    /** URIs of the folders; others than `file:` are left out. */
    public folders: readonly string[] = [],
  ) {}

  /** By URI. Files that cannot be read are left out. */
  async list(): Promise<readonly WorkspaceFile[]> {
    const files = new Map<string, WorkspaceFile>();
    for (const path of await this.findPaths()) {
      const uri = pathToFileURL(path).href;
      const found = await this.readFile(path, uri);
      if (found) files.set(uri, found);
    }
    for (const uri of [...this.read.keys()]) if (!files.has(uri)) this.read.delete(uri);
    for (const { uri } of this.documents.list()) {
      const latest = await this.documents.readLatest(uri);
      // Editors write some signs of a URI otherwise than Node does.
      files.delete(normalize(uri));
      if (latest) files.set(uri, { uri, file: latest.file, buffer: latest.document.buffer });
    }
    return [...files.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  private async findPaths(): Promise<string[]> {
    const paths: string[] = [];
    for (const folder of this.folders) if (folder.startsWith('file:')) await collect(fileURLToPath(folder), 0, paths);
    return paths;
  }

  private async readFile(path: string, uri: string): Promise<WorkspaceFile | undefined> {
    try {
      const { mtimeMs, size } = await stat(path);
      const known = this.read.get(uri);
      if (known?.changed === mtimeMs) return known.found;
      if (size > SIZE_LIMIT) return undefined;
      const text = await readFile(path, 'utf8');
      const file = new ReadableFile(text);
      await runInSlices(file.read(), () => true);
      const found = { uri, file, buffer: new TextBuffer(text) };
      this.read.set(uri, { changed: mtimeMs, found });
      return found;
    } catch {
      // Gone or not ours to read: no place where a value occurs.
      return undefined;
    }
  }
}

async function collect(folder: string, depth: number, paths: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (paths.length >= FILE_LIMIT) return;
    const path = join(folder, entry.name);
    if (entry.isFile() && NAME.test(entry.name)) paths.push(path);
    if (entry.isDirectory() && !SKIPPED.has(entry.name) && depth < DEPTH_LIMIT) await collect(path, depth + 1, paths);
  }
}

function normalize(uri: string): string {
  try {
    return uri.startsWith('file:') ? pathToFileURL(fileURLToPath(uri)).href : uri;
  } catch {
    return uri;
  }
}
