/** An answer that is not the one the client hoped for. `problems` names what is wrong with each field. */
export class HttpError extends Error {
  constructor(status, message, { headers = {}, problems } = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.problems = problems;
  }
}
