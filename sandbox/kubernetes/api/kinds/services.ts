/** Gives out the cluster IPs of Services. */
export interface ServiceAddresses {
  take(): string;
  release(address: string): void;
}
