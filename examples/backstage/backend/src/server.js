import { Config, commonConfig } from "./config.js";
import { HttpError } from "./http-error.js";
import { readJson, validate } from "./json-body.js";
import { Posts } from "./posts.js";
import { runService, start } from "./service.js";
import { verifyToken } from "./tokens.js";

const profileRules = {
  displayName: { min: 1, max: 80, optional: true },
  bio: { min: 0, max: 500, optional: true },
};

const postRules = { title: { min: 1, max: 120 }, body: { min: 1, max: 8000 } };

/** Everybody who came with a good token, in memory for now. */
class Profiles {
  #byName = new Map();

  of({ sub, name }) {
    const profile = this.#byName.get(name) ?? { id: sub, username: name, displayName: name, bio: "" };
    this.#byName.set(name, profile);
    return profile;
  }

  update(claims, changes) {
    return Object.assign(this.of(claims), changes);
  }

  all() {
    return [...this.#byName.values()].map(({ id, username, displayName }) => ({ id, username, displayName }));
  }
}

function wholeNumber(url, name, { min, max, byDefault }) {
  const text = url.searchParams.get(name);
  if (text === null) return byDefault;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new HttpError(422, "Some fields are not valid.", {
    problems: { [name]: `must be a whole number from ${min} to ${max}` },
  });
}

await start(async () => {
  const config = new Config(process.env);
  const { host, port, version, jwtSecret } = commonConfig(config, { port: 3000 });
  const banner = config.text("BANNER", "Welcome to Backstage");
  const pageSize = config.integer("POSTS_PER_PAGE", { min: 1, max: 100, byDefault: 20 });
  config.check();

  const profiles = new Profiles();
  const posts = new Posts();

  /** A handler that only runs for a request with a good token, and is given the token's claims. */
  const signedIn = (handler) => (context) => {
    const [, token = ""] = /^Bearer (\S+)$/i.exec(context.request.headers.authorization ?? "") ?? [];
    const claims = verifyToken(token, { secret: jwtSecret });
    if (claims === undefined) {
      throw new HttpError(401, "A valid access token is needed.", {
        headers: { "www-authenticate": 'Bearer realm="backstage"' },
      });
    }
    profiles.of(claims);
    return handler({ ...context, claims });
  };

  await runService({
    name: "backstage-server",
    host,
    port,
    version,
    routes: {
      "GET /setup": () => ({
        status: 200,
        body: { service: "backstage-server", version, banner, postsPerPage: pageSize },
      }),
      "GET /users": signedIn(() => ({ status: 200, body: { users: profiles.all() } })),
      "GET /profile": signedIn(({ claims }) => ({ status: 200, body: profiles.of(claims) })),
      "PATCH /profile": signedIn(async ({ request, claims }) => {
        const changes = validate(await readJson(request), profileRules);
        return { status: 200, body: profiles.update(claims, changes) };
      }),
      "GET /posts": signedIn(({ url }) => {
        const offset = wholeNumber(url, "offset", { min: 0, max: 1000, byDefault: 0 });
        const size = wholeNumber(url, "size", { min: 1, max: 100, byDefault: pageSize });
        return { status: 200, body: posts.page({ offset, size }) };
      }),
      "POST /posts": signedIn(async ({ request, claims }) => {
        const post = posts.add({ ...validate(await readJson(request), postRules), author: claims.name });
        return { status: 201, headers: { location: `/posts/${post.id}` }, body: post };
      }),
      "GET /posts/:id": signedIn(({ names }) => ({ status: 200, body: posts.get(names.id) })),
      "DELETE /posts/:id": signedIn(({ names, claims }) => {
        posts.remove(names.id, claims.name);
        return { status: 204 };
      }),
    },
  });
});
