/** The documents of proposals: the file as it is, the file with the proposals in it, and what a model answered. */
import path from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { SCHEMES } from '../names';

const placeSchema = z.object({
  /** The file of proposals. */
  proposals: z.string(),
  /** The scenario file, as a URI. */
  file: z.string(),
  side: z.enum(['before', 'after', 'answer']),
  /** Of an answer: which. */
  index: z.number().int().min(0).optional(),
  candidate: z.number().int().min(0).optional(),
});
export type ProposalPlace = z.infer<typeof placeSchema>;

export function proposalUri(place: ProposalPlace): vscode.Uri {
  const name = path.posix.basename(vscode.Uri.parse(place.file).path);
  const shown = place.side === 'answer' ? `answer ${(place.index ?? 0) + 1}.txt` : name;
  return vscode.Uri.from({ scheme: SCHEMES.proposals, path: `/${shown}`, query: JSON.stringify(place) });
}

/** Undefined for any other document. */
export function readProposalUri({ scheme, query }: vscode.Uri): ProposalPlace | undefined {
  if (scheme !== SCHEMES.proposals) return undefined;
  try {
    return placeSchema.safeParse(JSON.parse(query)).data;
  } catch {
    return undefined;
  }
}
