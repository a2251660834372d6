/**
 * Makes sandbox/kubernetes/data/discovery.json.gz from the two documents of aggregated discovery that an API server publishes:
 *
 *     accept='application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
 *     kubectl proxy &
 *     for path in api apis; do curl -s -H "Accept: $accept" "127.0.0.1:8001/$path" > "$path.json"; done
 *     node scripts/sandbox-discovery.ts api.json apis.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [api, apis] = process.argv.slice(2);
if (api === undefined || apis === undefined)
  throw new Error("Usage: node scripts/sandbox-discovery.ts <api.json> <apis.json>");
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const target = fileURLToPath(new URL("../sandbox/kubernetes/data/discovery.json.gz", import.meta.url));
writeFileSync(target, gzipSync(JSON.stringify({ "/api": read(api), "/apis": read(apis) }), { level: 9 }));
