import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.models.GalleryInner;
import com.azure.resourcemanager.compute.models.AggregatedReplicationState;
import com.azure.resourcemanager.compute.models.GalleryImageVersion;
import com.azure.resourcemanager.compute.models.HyperVGeneration;
import com.azure.resourcemanager.compute.models.ReplicationStatusTypes;
import com.azure.resourcemanager.compute.models.SoftDeletePolicy;
import com.azure.resourcemanager.compute.models.SnapshotSkuType;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Operations of azure-resourcemanager-compute, fluent and inner, a line of JSON each. */
class Suite {
    private static final String GROUP = "rg-sources";
    private static final String GALLERY = "javagallery";
    private static final String IMAGE = "ubuntu";
    private static final String VERSION = "1.0.0";

    interface Action {
        void run() throws Exception;
    }

    static void operation(String name, Action action) {
        String problem = "";
        try {
            action.run();
        } catch (Exception | AssertionError error) {
            problem = String.valueOf(error.getMessage());
        }
        System.out.printf("{\"operation\": \"%s\", \"problem\": \"%s\"}%n", name, escaped(problem));
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}+", " ");
    }

    static void equal(Object found, Object wanted) {
        if (!Objects.equals(found, wanted)) {
            throw new AssertionError(found + " is not " + wanted);
        }
    }

    static long count(Iterable<?> found) {
        return StreamSupport.stream(found.spliterator(), false).count();
    }

    static void refused(int status, Action action) throws Exception {
        try {
            action.run();
        } catch (ManagementException error) {
            equal(error.getResponse().getStatusCode(), status);
            return;
        }
        throw new AssertionError("not refused");
    }

    public static void main(String[] arguments) {
        ComputeManager compute = Connect.compute();
        String scope = "/subscriptions/" + System.getenv("AZURE_SUBSCRIPTION_ID") + "/resourceGroups/" + GROUP
            + "/providers/Microsoft.Compute";
        operation("galleries.define", () -> equal(compute.galleries().define(GALLERY).withRegion(Region.EUROPE_WEST)
            .withExistingResourceGroup(GROUP).withDescription("of java").create().provisioningState(), "Succeeded"));
        operation("galleries.update", () -> compute.galleries().getByResourceGroup(GROUP, GALLERY).update()
            .withDescription("changed").withTag("a", "b").apply());
        operation("galleries.getByResourceGroup", () -> equal(
            compute.galleries().getByResourceGroup(GROUP, GALLERY).description(), "changed"));
        operation("galleries.listByResourceGroup", () -> equal(
            count(compute.galleries().listByResourceGroup(GROUP)), 1L));
        operation("galleryImages.define", () -> compute.galleryImages().define(IMAGE).withExistingGallery(GROUP, GALLERY)
            .withLocation(Region.EUROPE_WEST).withIdentifier("p", "o", "s").withGeneralizedLinux()
            .withHyperVGeneration(HyperVGeneration.V2).create());
        operation("galleryImages.update", () -> compute.galleryImages().getByGallery(GROUP, GALLERY, IMAGE).update()
            .withDescription("an image").apply());
        operation("galleryImages.listByGallery", () -> equal(
            count(compute.galleryImages().listByGallery(GROUP, GALLERY)), 1L));
        operation("galleryImageVersions.define", () -> compute.galleryImageVersions().define(VERSION)
            .withExistingImage(GROUP, GALLERY, IMAGE).withLocation(Region.EUROPE_WEST)
            .withSourceCustomImage(scope + "/images/ubuntu-2404-20260901")
            .withRegionAvailability(Region.EUROPE_WEST, 1).create());
        operation("galleryImageVersions.getByGalleryImage", () -> {
            GalleryImageVersion found =
                compute.galleryImageVersions().getByGalleryImage(GROUP, GALLERY, IMAGE, VERSION);
            equal(found.provisioningState(), "Succeeded");
        });
        operation("inner galleryImageVersions.get, replication status", () -> equal(
            compute.serviceClient().getGalleryImageVersions().getWithResponse(GROUP, GALLERY, IMAGE, VERSION,
                ReplicationStatusTypes.REPLICATION_STATUS, Context.NONE).getValue().replicationStatus()
                .aggregatedState(), AggregatedReplicationState.COMPLETED));
        operation("galleryImageVersions.update, one more region", () -> {
            GalleryImageVersion changed =
                compute.galleryImageVersions().getByGalleryImage(GROUP, GALLERY, IMAGE, VERSION).update()
                    .withRegionAvailability(Region.EUROPE_NORTH, 1).apply();
            equal(changed.availableRegions().size(), 2);
        });
        operation("galleryImageVersions.listByGalleryImage", () -> equal(
            count(compute.galleryImageVersions().listByGalleryImage(GROUP, GALLERY, IMAGE)), 1L));
        operation("galleryImageVersions.getByGalleryImage, of none", () -> refused(404, () ->
            compute.galleryImageVersions().getByGalleryImage(GROUP, GALLERY, IMAGE, "9.9.9")));
        operation("galleryImages.deleteByGallery, with a version in it", () -> refused(409, () ->
            compute.galleryImages().deleteByGallery(GROUP, GALLERY, IMAGE)));
        operation("disks.define", () -> compute.disks().define("java-disk").withRegion(Region.EUROPE_WEST)
            .withExistingResourceGroup(GROUP).withData().withSizeInGB(10).create());
        operation("snapshots.define", () -> compute.snapshots().define("java-snapshot").withRegion(Region.EUROPE_WEST)
            .withExistingResourceGroup(GROUP).withDataFromDisk(scope + "/disks/java-disk").withSizeInGB(10)
            .withSku(SnapshotSkuType.STANDARD_LRS).create());
        operation("snapshots.deleteByResourceGroup", () ->
            compute.snapshots().deleteByResourceGroup(GROUP, "java-snapshot"));
        operation("disks.deleteByResourceGroup", () -> compute.disks().deleteByResourceGroup(GROUP, "java-disk"));
        operation("usages.listByRegion", () -> equal(StreamSupport.stream(
            compute.usages().listByRegion(Region.EUROPE_WEST).spliterator(), false)
            .filter(one -> one.name().localizedValue().equals("Gallery")).count(), 1L));
        operation("inner galleries.createOrUpdate, soft delete", () -> {
            GalleryInner inner = new GalleryInner().withSoftDeletePolicy(
                new SoftDeletePolicy().withIsSoftDeleteEnabled(true));
            inner.withLocation("westeurope").withTags(Map.of("c", "d"));
            GalleryInner made = compute.serviceClient().getGalleries().createOrUpdate(GROUP, "javainner", inner);
            equal(made.softDeletePolicy().isSoftDeleteEnabled(), true);
        });
        operation("inner galleries.delete", () -> compute.serviceClient().getGalleries().delete(GROUP, "javainner"));
        operation("galleryImageVersions.deleteByGalleryImage", () ->
            compute.galleryImageVersions().deleteByGalleryImage(GROUP, GALLERY, IMAGE, VERSION));
        operation("galleryImages.deleteByGallery", () -> compute.galleryImages().deleteByGallery(GROUP, GALLERY, IMAGE));
        operation("galleries.deleteByResourceGroup", () -> compute.galleries().deleteByResourceGroup(GROUP, GALLERY));
        operation("galleries.getByResourceGroup, after that", () -> refused(404, () ->
            compute.galleries().getByResourceGroup(GROUP, GALLERY)));
        System.exit(0); // threads of the client live on for a while
    }
}
