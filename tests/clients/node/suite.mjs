// Operations of @azure/arm-compute, a line of JSON each; an argument is the api-version that is sent instead of the client's own.
import assert from "node:assert/strict";
import { compute } from "./connect.mjs";

const [api] = process.argv.slice(2);
if (api) {
  compute.pipeline.addPolicy({
    name: "api-version",
    sendRequest(request, next) {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/subscriptions/") && !url.pathname.includes("perations/")) {
        url.searchParams.set("api-version", api);
        request.url = url.toString();
      }
      return next(request);
    },
  });
}

const group = "rg-sources";
const location = "westeurope";
const scope = `/subscriptions/${process.env.AZURE_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.Compute`;
const gallery = [group, "jsgallery"];
const image = [...gallery, "ubuntu"];
const version = [...image, "1.0.0"];
const definition = {
  location,
  osType: "Linux",
  osState: "Generalized",
  hyperVGeneration: "V2",
  identifier: { publisher: "p", offer: "o", sku: "s" },
};
const published = {
  location,
  publishingProfile: { targetRegions: [{ name: "West Europe", regionalReplicaCount: 1 }] },
  storageProfile: { source: { id: `${scope}/images/ubuntu-2404-20260901` } },
};
const community = {
  permissions: "Community",
  communityGalleryInfo: {
    publisherUri: "https://contoso.example",
    publisherContact: "images@contoso.example",
    eula: "https://contoso.example/eula",
    publicNamePrefix: "contoso",
  },
};

async function operation(name, action) {
  let problem = "";
  try {
    await action();
  } catch (error) {
    problem = String(error.message ?? error).split("\n").slice(0, 4).join(" ");
  }
  console.log(JSON.stringify({ operation: api ? `${name} (${api})` : name, problem }));
}

async function names(list) {
  const found = [];
  for await (const one of list) found.push(one.name);
  return found.sort();
}

async function rejected(promise, status) {
  await assert.rejects(Promise.resolve(promise), (error) => error.statusCode === status);
}

await operation("galleries.createOrUpdate", async () => {
  const made = await compute.galleries.createOrUpdate(...gallery, { location, description: "of node" });
  assert.equal(made.provisioningState, "Succeeded");
});
await operation("galleries.createOrUpdate again", () =>
  compute.galleries.createOrUpdate(...gallery, { location, description: "of node" }));
await operation("galleries.get", async () => assert.equal((await compute.galleries.get(...gallery)).description, "of node"));
await operation("galleries.update", async () => {
  await compute.galleries.update(...gallery, { tags: { a: "b" } });
  assert.deepEqual((await compute.galleries.get(...gallery)).tags, { a: "b" });
});
await operation("galleries.listByResourceGroup", async () =>
  assert.deepEqual(await names(compute.galleries.listByResourceGroup(group)), ["jsgallery"]));
await operation("galleries.list", async () => assert.ok((await names(compute.galleries.list())).includes("jsgallery")));
await operation("galleryImages.createOrUpdate", () => compute.galleryImages.createOrUpdate(...image, definition));
await operation("galleryImages.get", async () =>
  assert.equal((await compute.galleryImages.get(...image)).identifier.sku, "s"));
await operation("galleryImages.update", async () => {
  await compute.galleryImages.update(...image, { ...definition, description: "changed" });
  assert.equal((await compute.galleryImages.get(...image)).description, "changed");
});
await operation("galleryImages.listByGallery", async () =>
  assert.deepEqual(await names(compute.galleryImages.listByGallery(...gallery)), ["ubuntu"]));
await operation("galleryImageVersions.createOrUpdate", async () => {
  const made = await compute.galleryImageVersions.createOrUpdate(...version, published);
  assert.equal(made.provisioningState, "Succeeded");
  assert.equal(made.storageProfile.osDiskImage.sizeInGB, 30);
});
await operation("galleryImageVersions.get, replication status", async () => {
  const found = await compute.galleryImageVersions.get(...version, { expand: "ReplicationStatus" });
  assert.equal(found.replicationStatus.aggregatedState, "Completed");
});
await operation("galleryImageVersions.update", async () => {
  await compute.galleryImageVersions.update(...version, { tags: { x: "y" } });
  assert.deepEqual((await compute.galleryImageVersions.get(...version)).tags, { x: "y" });
});
await operation("galleryImageVersions.createOrUpdate, one more region", async () => {
  const publishingProfile = { targetRegions: [{ name: "westeurope" }, { name: "northeurope", regionalReplicaCount: 2 }] };
  const made = await compute.galleryImageVersions.createOrUpdate(...version, { ...published, publishingProfile });
  assert.deepEqual(made.publishingProfile.targetRegions.map((one) => one.name), ["West Europe", "North Europe"]);
});
await operation("galleryImageVersions.listByGalleryImage", async () =>
  assert.deepEqual(await names(compute.galleryImageVersions.listByGalleryImage(...image)), ["1.0.0"]));
await operation("galleryImageVersions.get, of none", () =>
  rejected(compute.galleryImageVersions.get(...image, "9.9.9"), 404));
await operation("galleryImages.delete, with a version in it", () =>
  rejected(compute.galleryImages.delete(...image), 409));
await operation("galleryApplications.createOrUpdate", () =>
  compute.galleryApplications.createOrUpdate(...gallery, "tool", { location, supportedOSType: "Linux" }));
await operation("galleryApplications.get", async () =>
  assert.equal((await compute.galleryApplications.get(...gallery, "tool")).supportedOSType, "Linux"));
await operation("galleryApplicationVersions.createOrUpdate", () =>
  compute.galleryApplicationVersions.createOrUpdate(...gallery, "tool", "1.0.0", {
    location,
    publishingProfile: {
      source: { mediaLink: "https://contosovhds.blob.core.windows.net/apps/tool.zip" },
      manageActions: { install: "./install", remove: "./remove" },
      targetRegions: [{ name: "westeurope" }],
    },
  }));
await operation("galleryApplicationVersions.listByGalleryApplication", async () =>
  assert.deepEqual(await names(compute.galleryApplicationVersions.listByGalleryApplication(...gallery, "tool")), ["1.0.0"]));
await operation("galleryApplicationVersions.delete", () =>
  compute.galleryApplicationVersions.delete(...gallery, "tool", "1.0.0"));
await operation("galleryApplications.delete", () => compute.galleryApplications.delete(...gallery, "tool"));
await operation("galleries.createOrUpdate, for the community", () =>
  compute.galleries.createOrUpdate(group, "jscommunity", { location, sharingProfile: community }));
await operation("gallerySharingProfile.update, EnableCommunity", async () => {
  // Azure's last answer is empty, which the client cannot read: the poller is left alone
  await compute.gallerySharingProfile.beginUpdate(group, "jscommunity", { operationType: "EnableCommunity" });
  const shared = await compute.galleries.get(group, "jscommunity");
  assert.equal(shared.sharingProfile.communityGalleryInfo.communityGalleryEnabled, true);
});
await operation("communityGalleries.get", async () => {
  const shared = await compute.galleries.get(group, "jscommunity");
  const [name] = shared.sharingProfile.communityGalleryInfo.publicNames;
  assert.equal((await compute.communityGalleries.get(location, name)).name, name);
  assert.deepEqual(await names(compute.communityGalleryImages.list(location, name)), []);
});
await operation("gallerySharingProfile.update, Reset", () =>
  compute.gallerySharingProfile.beginUpdate(group, "jscommunity", { operationType: "Reset" }));
await operation("galleries.delete, once for the community", () => compute.galleries.delete(group, "jscommunity"));
if (!api) {
  await operation("disks.createOrUpdate", () =>
    compute.disks.createOrUpdate(group, "js-disk", { location, creationData: { createOption: "Empty" }, diskSizeGB: 10 }));
  await operation("snapshots.createOrUpdate", () =>
    compute.snapshots.createOrUpdate(group, "js-snapshot", {
      location,
      creationData: { createOption: "Copy", sourceResourceId: `${scope}/disks/js-disk` },
    }));
  await operation("snapshots.delete", () => compute.snapshots.delete(group, "js-snapshot"));
  await operation("disks.delete", () => compute.disks.delete(group, "js-disk"));
  await operation("usage.list", async () => {
    const found = [];
    for await (const one of compute.usage.list(location)) found.push(one);
    assert.equal(found.find((one) => one.name.localizedValue === "Gallery").limit, 100);
  });
  await operation("resourceSkus.list", async () => {
    const found = [];
    for await (const one of compute.resourceSkus.list({ filter: "location eq 'westeurope'" })) found.push(one);
    assert.ok(found.length);
  });
}
await operation("galleryImageVersions.delete", () => compute.galleryImageVersions.delete(...version));
await operation("galleryImageVersions.listByGalleryImage, empty", async () =>
  assert.deepEqual(await names(compute.galleryImageVersions.listByGalleryImage(...image)), []));
await operation("galleryImages.delete", () => compute.galleryImages.delete(...image));
await operation("galleries.delete", () => compute.galleries.delete(...gallery));
await operation("galleries.get, after that", () => rejected(compute.galleries.get(...gallery), 404));
