import { readKubeconfig } from "../../../../src/kubernetes/access.ts";
import type { ApiRequest, KubernetesApi } from "../../../../src/kubernetes/api.ts";
import { Conversation } from "./conversation.ts";
import type { Peer } from "./conversation.ts";

/** A real server, by an administrator's kubeconfig: he may speak for anybody. */
export function peerOf(kubeconfig: string): Peer {
  const { server, ca, token, clientCertificate: cert, clientKey: key } = readKubeconfig(kubeconfig);
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const user = (name: string): Peer["identities"]["admin"] => ({
    headers: { ...authorization, "impersonate-user": name },
    cert,
    key,
  });
  const admin = { headers: authorization, cert, key };
  const stranger = { headers: { authorization: "Bearer unknown" } };
  return {
    url: server,
    ca,
    identities: { admin, limited: user("limited"), reader: user("reader"), stranger, none: {} },
  };
}

/** The same server for a part of the cluster: whoever writes is known by the user agent, as Go's client has it. */
export function apiOf(kubeconfig: string, user: string): KubernetesApi {
  const { url, ca, identities } = peerOf(kubeconfig);
  const { headers = {}, ...keys } = identities.admin;
  const agent = {
    "user-agent": user.replace("system:", ""),
    "impersonate-user": user,
    "impersonate-group": "system:masters",
  };
  const conversation = new Conversation({
    url,
    ca,
    identities: { ...identities, admin: { ...keys, headers: { ...headers, ...agent } } },
  });
  return {
    async request<T>({ method, path, body, contentType = "application/json" }: ApiRequest) {
      const answer = await conversation.ask({ method, path, contentType, ...(body === undefined ? {} : { body }) });
      if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status}`);
      return answer.body as T;
    },
    stream: () => {
      throw new Error("only single requests are made here");
    },
  };
}
