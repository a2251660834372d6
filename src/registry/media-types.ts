/** The names of the formats that images are made of: OCI image specification 1.1, and Docker's before it. */
export const mediaType = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
  gzipLayer: "application/vnd.oci.image.layer.v1.tar+gzip",
  zstdLayer: "application/vnd.oci.image.layer.v1.tar+zstd",
  dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
  dockerLayer: "application/vnd.docker.image.rootfs.diff.tar",
  dockerGzipLayer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
} as const;

/** What may be answered where a manifest is asked for, best first. */
export const manifestTypes: readonly string[] = [
  mediaType.index,
  mediaType.manifest,
  mediaType.dockerList,
  mediaType.dockerManifest,
];
