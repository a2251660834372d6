/** A container could not be started. `reason` becomes its waiting reason; the message is in Kubernetes' own words. */
export class ContainerError extends Error {
  override readonly name = "ContainerError";
  readonly reason: ContainerErrorReason;

  constructor(reason: ContainerErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type ContainerErrorReason =
  | "InvalidImageName"
  | "ErrImageNeverPull"
  | "ErrImagePull"
  | "ImagePullBackOff"
  | "CreateContainerConfigError"
  | "CreateContainerError"
  | "RunContainerError"
  | "PostStartHookError"
  | "CrashLoopBackOff";

/** The container's configuration asks for something that is not there. */
export function configError(message: string): ContainerError {
  return new ContainerError("CreateContainerConfigError", message);
}

/** The process could not be started; `problem` is what runc says, which containerd wraps. */
export function runError(problem: string): ContainerError {
  const wrapped = "failed to create shim task: OCI runtime create failed: runc create failed";
  const message = `failed to create containerd task: ${wrapped}: unable to start container process: ${problem}: unknown`;
  return new ContainerError("RunContainerError", message);
}
