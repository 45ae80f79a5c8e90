// Operations of armcompute, a line of JSON each.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/compute/armcompute/v8"
)

const (
	group    = "rg-sources"
	location = "westeurope"
	gallery  = "gogallery"
	image    = "ubuntu"
	version  = "1.0.0"
)

var ctx = context.Background()

func operation(name string, action func() error) {
	line := map[string]string{"operation": name, "problem": ""}
	if err := action(); err != nil {
		line["problem"] = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		panic(err)
	}
}

// done waits for an operation that has begun.
func done[T any](poller *runtime.Poller[T], err error) error {
	_, err = result(poller, err)
	return err
}

func result[T any](poller *runtime.Poller[T], err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return poller.PollUntilDone(ctx, nil)
}

// resumed gives a poller up and goes on with what its token says.
func resumed[T any](poller *runtime.Poller[T], err error, again func(token string) (*runtime.Poller[T], error)) error {
	if err != nil {
		return err
	}
	token, err := poller.ResumeToken()
	if err != nil {
		return err
	}
	return done(again(token))
}

func equal[T comparable](found, wanted T) error {
	if found != wanted {
		return fmt.Errorf("%v is not %v", found, wanted)
	}
	return nil
}

func refused(err error, status int) error {
	var answer *azcore.ResponseError
	if !errors.As(err, &answer) {
		return fmt.Errorf("not refused: %v", err)
	}
	return equal(answer.StatusCode, status)
}

func count[T any](pager *runtime.Pager[T], size func(T) int, wanted int) error {
	total := 0
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			return err
		}
		total += size(page)
	}
	return equal(total, wanted)
}

func main() {
	factory, err := connect()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scope := "/subscriptions/" + os.Getenv("AZURE_SUBSCRIPTION_ID") + "/resourceGroups/" + group + "/providers/Microsoft.Compute"
	galleries, images, versions := factory.NewGalleriesClient(), factory.NewGalleryImagesClient(), factory.NewGalleryImageVersionsClient()
	disks, snapshots := factory.NewDisksClient(), factory.NewSnapshotsClient()

	operation("Galleries.CreateOrUpdate", func() error {
		made, err := result(galleries.BeginCreateOrUpdate(ctx, group, gallery, armcompute.Gallery{
			Location:   to.Ptr(location),
			Properties: &armcompute.GalleryProperties{SoftDeletePolicy: &armcompute.SoftDeletePolicy{IsSoftDeleteEnabled: to.Ptr(true)}},
		}, nil))
		if err != nil {
			return err
		}
		return equal(*made.Properties.ProvisioningState, armcompute.GalleryProvisioningStateSucceeded)
	})
	operation("Galleries.Update", func() error {
		return done(galleries.BeginUpdate(ctx, group, gallery, armcompute.GalleryUpdate{Tags: map[string]*string{"a": to.Ptr("b")}}, nil))
	})
	operation("Galleries.Get", func() error {
		found, err := galleries.Get(ctx, group, gallery, nil)
		if err != nil {
			return err
		}
		return equal(*found.Tags["a"], "b")
	})
	operation("Galleries.ListByResourceGroup", func() error {
		return count(galleries.NewListByResourceGroupPager(group, nil), func(page armcompute.GalleriesClientListByResourceGroupResponse) int {
			return len(page.Value)
		}, 1)
	})
	operation("GalleryImages.CreateOrUpdate", func() error {
		return done(images.BeginCreateOrUpdate(ctx, group, gallery, image, armcompute.GalleryImage{
			Location: to.Ptr(location),
			Properties: &armcompute.GalleryImageProperties{
				OSType:           to.Ptr(armcompute.OperatingSystemTypesLinux),
				OSState:          to.Ptr(armcompute.OperatingSystemStateTypesGeneralized),
				HyperVGeneration: to.Ptr(armcompute.HyperVGenerationV2),
				Identifier:       &armcompute.GalleryImageIdentifier{Publisher: to.Ptr("p"), Offer: to.Ptr("o"), SKU: to.Ptr("s")},
			},
		}, nil))
	})
	operation("GalleryImages.Update", func() error {
		return done(images.BeginUpdate(ctx, group, gallery, image, armcompute.GalleryImageUpdate{Tags: map[string]*string{"c": to.Ptr("d")}}, nil))
	})
	operation("GalleryImages.Get", func() error {
		found, err := images.Get(ctx, group, gallery, image, nil)
		if err != nil {
			return err
		}
		return equal(*found.Tags["c"], "d")
	})
	operation("GalleryImages.ListByGallery", func() error {
		return count(images.NewListByGalleryPager(group, gallery, nil), func(page armcompute.GalleryImagesClientListByGalleryResponse) int {
			return len(page.Value)
		}, 1)
	})
	published := armcompute.GalleryImageVersion{
		Location: to.Ptr(location),
		Properties: &armcompute.GalleryImageVersionProperties{
			PublishingProfile: &armcompute.GalleryImageVersionPublishingProfile{
				TargetRegions: []*armcompute.TargetRegion{{Name: to.Ptr("West Europe")}},
			},
			StorageProfile: &armcompute.GalleryImageVersionStorageProfile{
				Source: &armcompute.GalleryArtifactVersionFullSource{ID: to.Ptr(scope + "/images/ubuntu-2404-20260901")},
			},
		},
	}
	operation("GalleryImageVersions.CreateOrUpdate, resumed from a token", func() error {
		poller, err := versions.BeginCreateOrUpdate(ctx, group, gallery, image, version, published, nil)
		return resumed(poller, err, func(token string) (*runtime.Poller[armcompute.GalleryImageVersionsClientCreateOrUpdateResponse], error) {
			options := armcompute.GalleryImageVersionsClientBeginCreateOrUpdateOptions{ResumeToken: token}
			return versions.BeginCreateOrUpdate(ctx, group, gallery, image, version, published, &options)
		})
	})
	operation("GalleryImageVersions.Get, replication status", func() error {
		expand := armcompute.ReplicationStatusTypesReplicationStatus
		found, err := versions.Get(ctx, group, gallery, image, version, &armcompute.GalleryImageVersionsClientGetOptions{Expand: &expand})
		if err != nil {
			return err
		}
		return equal(*found.Properties.ReplicationStatus.AggregatedState, armcompute.AggregatedReplicationStateCompleted)
	})
	operation("GalleryImageVersions.Update", func() error {
		return done(versions.BeginUpdate(ctx, group, gallery, image, version, armcompute.GalleryImageVersionUpdate{
			Tags: map[string]*string{"e": to.Ptr("f")},
		}, nil))
	})
	listed := func(wanted int) error {
		return count(versions.NewListByGalleryImagePager(group, gallery, image, nil), func(page armcompute.GalleryImageVersionsClientListByGalleryImageResponse) int {
			return len(page.Value)
		}, wanted)
	}
	operation("GalleryImageVersions.ListByGalleryImage", func() error { return listed(1) })
	operation("GalleryImageVersions.Get, of none", func() error {
		_, err := versions.Get(ctx, group, gallery, image, "9.9.9", nil)
		return refused(err, 404)
	})
	operation("GalleryImages.Delete, with a version in it", func() error {
		return refused(done(images.BeginDelete(ctx, group, gallery, image, nil)), 409)
	})
	operation("GalleryImageVersions.Delete, into the bin", func() error {
		return done(versions.BeginDelete(ctx, group, gallery, image, version, nil))
	})
	operation("GalleryImageVersions.ListByGalleryImage, empty", func() error { return listed(0) })
	operation("SoftDeletedResource.ListByArtifactName", func() error {
		deleted := factory.NewSoftDeletedResourceClient()
		pager := deleted.NewListByArtifactNamePager(group, gallery, "images", image, nil)
		return count(pager, func(page armcompute.SoftDeletedResourceClientListByArtifactNameResponse) int { return len(page.Value) }, 1)
	})
	operation("GalleryImageVersions.CreateOrUpdate, restored", func() error {
		restored := armcompute.GalleryImageVersion{
			Location: to.Ptr(location), Properties: &armcompute.GalleryImageVersionProperties{Restore: to.Ptr(true)},
		}
		return done(versions.BeginCreateOrUpdate(ctx, group, gallery, image, version, restored, nil))
	})
	operation("GalleryImageVersions.ListByGalleryImage, restored", func() error { return listed(1) })
	operation("Galleries.Update, no soft delete", func() error {
		return done(galleries.BeginUpdate(ctx, group, gallery, armcompute.GalleryUpdate{
			Properties: &armcompute.GalleryProperties{SoftDeletePolicy: &armcompute.SoftDeletePolicy{IsSoftDeleteEnabled: to.Ptr(false)}},
		}, nil))
	})
	operation("Disks.CreateOrUpdate", func() error {
		return done(disks.BeginCreateOrUpdate(ctx, group, "go-disk", armcompute.Disk{
			Location: to.Ptr(location),
			Properties: &armcompute.DiskProperties{
				DiskSizeGB: to.Ptr[int32](10), CreationData: &armcompute.CreationData{CreateOption: to.Ptr(armcompute.DiskCreateOptionEmpty)},
			},
		}, nil))
	})
	operation("Snapshots.CreateOrUpdate", func() error {
		return done(snapshots.BeginCreateOrUpdate(ctx, group, "go-snapshot", armcompute.Snapshot{
			Location: to.Ptr(location),
			Properties: &armcompute.SnapshotProperties{CreationData: &armcompute.CreationData{
				CreateOption: to.Ptr(armcompute.DiskCreateOptionCopy), SourceResourceID: to.Ptr(scope + "/disks/go-disk"),
			}},
		}, nil))
	})
	operation("Snapshots.Delete", func() error { return done(snapshots.BeginDelete(ctx, group, "go-snapshot", nil)) })
	operation("Disks.Delete", func() error { return done(disks.BeginDelete(ctx, group, "go-disk", nil)) })
	operation("Usage.List", func() error {
		pager := factory.NewUsageClient().NewListPager(location, nil)
		return count(pager, func(page armcompute.UsageClientListResponse) int {
			found := 0
			for _, one := range page.Value {
				if *one.Name.LocalizedValue == "Gallery" {
					found++
				}
			}
			return found
		}, 1)
	})
	operation("GalleryImageVersions.Delete", func() error { return done(versions.BeginDelete(ctx, group, gallery, image, version, nil)) })
	operation("GalleryImages.Delete", func() error { return done(images.BeginDelete(ctx, group, gallery, image, nil)) })
	operation("Galleries.Delete", func() error { return done(galleries.BeginDelete(ctx, group, gallery, nil)) })
	operation("Galleries.Get, after that", func() error {
		_, err := galleries.Get(ctx, group, gallery, nil)
		return refused(err, 404)
	})
}
