import { makeCertificates } from "../../../certificates.ts";
import { startApiServer } from "../server.ts";
import type { ApiServer } from "../server.ts";
import { Comparer } from "./compare.ts";
import { controllers } from "./controllers.ts";
import { Conversation } from "./conversation.ts";
import type { Identity } from "./conversation.ts";
import { readRecording } from "./recording.ts";
import type { RecordingName } from "./recording.ts";

/**
 * Sends the recorded requests to a new server in order, lets the controllers of the recording do between them what they did then, and
 * returns for every exchange how the answer differs from the recorded one.
 */
export async function replay(recording: RecordingName): Promise<Map<string, string[]>> {
  const exchanges = readRecording(recording);
  // The order of managedFields depends on the second of each write: the recordings were made fast, so here time stands still.
  const start = new Date();
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]), now: () => start });
  const conversation = converse(server);
  const comparer = new Comparer();
  const results = new Map<string, string[]>();
  for (const { name, request, response } of exchanges) {
    await controllers[name]?.(server.inProcess, exchanges);
    results.set(name, comparer.differences(response, await conversation.ask(request)));
  }
  await server.close();
  return results;
}

function converse(server: ApiServer): Conversation {
  const token = (user: string, groups: string[] = []): Identity => bearer(server.issueToken({ user, groups }));
  return new Conversation({
    url: server.url,
    ca: server.caPem,
    identities: {
      admin: token("admin", ["system:masters"]),
      limited: token("limited"),
      reader: token("reader"),
      stranger: bearer("unknown"),
      none: {},
    },
  });
}

function bearer(token: string): Identity {
  return { headers: { authorization: `Bearer ${token}` } };
}
