using IopPlatform.AppHost;

namespace StandIns.Aspire.Tests;

/// <summary>The application model of the suite, as its own entry point describes it.</summary>
public sealed class AppHostTests
{
    [Fact]
    public async Task The_entry_point_describes_four_services_each_after_its_migration()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<ResourceNames>(
            ["--Identity:Issuers:0:Issuer=development"], Sample.Deadline());

        foreach (var service in (string[])[ResourceNames.Organisations, ResourceNames.Eligibility, ResourceNames.Agreements, ResourceNames.FollowUp])
        {
            var waits = builder.Resources.Single(resource => resource.Name == service).Annotations.OfType<WaitAnnotation>().ToArray();
            var wait = Assert.Single(waits);
            Assert.Equal((ResourceNames.Migrate(service), WaitType.WaitForCompletion), (wait.Resource.Name, wait.WaitType));
        }

        Assert.EndsWith("apphost", builder.AppHostDirectory, StringComparison.Ordinal);
        Assert.Equal("development", builder.Configuration["Identity:Issuers:0:Issuer"]);
    }
}
