import { ComputeManagementClient } from "@azure/arm-compute";
import { EnvironmentCredential } from "@azure/identity";

export const compute = new ComputeManagementClient(
  new EnvironmentCredential({ disableInstanceDiscovery: true }),
  process.env.AZURE_SUBSCRIPTION_ID,
  { endpoint: process.env.SANDBOX_ARM_HTTPS },
);
