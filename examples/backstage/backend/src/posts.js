import { randomUUID } from "node:crypto";
import { HttpError } from "./http-error.js";

const most = 1000;

/** Posts, newest first, in memory for now: each pod has its own, and only the newest thousand. */
export class Posts {
  #posts = [];

  add({ title, body, author }) {
    const post = { id: randomUUID(), title, body, author, createdAt: new Date().toISOString() };
    this.#posts.unshift(post);
    this.#posts.length = Math.min(this.#posts.length, most);
    return post;
  }

  page({ offset, size }) {
    return { posts: this.#posts.slice(offset, offset + size), total: this.#posts.length };
  }

  get(id) {
    const post = this.#posts.find((candidate) => candidate.id === id);
    if (post === undefined) throw new HttpError(404, "There is no such post.");
    return post;
  }

  remove(id, author) {
    const post = this.get(id);
    if (post.author !== author) throw new HttpError(403, "Only its author may delete a post.");
    this.#posts = this.#posts.filter((candidate) => candidate !== post);
  }
}
