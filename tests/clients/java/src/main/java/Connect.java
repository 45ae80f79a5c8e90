import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.compute.ComputeManager;
import java.util.Map;

class Connect {
    static ComputeManager compute() {
        Map<String, String> env = System.getenv();
        AzureEnvironment embedded = new AzureEnvironment(Map.of(
            "activeDirectoryEndpointUrl", env.get("AZURE_AUTHORITY_HOST"),
            "resourceManagerEndpointUrl", env.get("SANDBOX_ARM_HTTPS"),
            "managementEndpointUrl", "https://management.azure.com",
            "microsoftGraphResourceId", "https://graph.microsoft.com/"));
        return ComputeManager.authenticate(
            new ClientSecretCredentialBuilder()
                .authorityHost(env.get("AZURE_AUTHORITY_HOST"))
                .disableInstanceDiscovery()
                .tenantId(env.get("AZURE_TENANT_ID"))
                .clientId(env.get("AZURE_CLIENT_ID"))
                .clientSecret(env.get("AZURE_CLIENT_SECRET"))
                .build(),
            new AzureProfile(env.get("AZURE_TENANT_ID"), env.get("AZURE_SUBSCRIPTION_ID"), embedded));
    }
}
