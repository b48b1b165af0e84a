using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>What holds for the service as a whole: its schema and its logs.</summary>
[Collection(FollowUpTests.Name)]
public sealed class FormTests(FollowUpFixture service)
{
    [Fact]
    public Task The_model_is_the_migrated_schema() => SchemaAssert.ModelEqualsSchemaAsync(service);

    [Fact]
    public Task Every_table_is_walled_off() => SchemaAssert.EveryTableIsWalledOffAsync(service);

    [Fact]
    public async Task What_people_write_is_not_logged()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var request = Partnership.Submission((await partnership.ReportsAsync())[0], "Ordet brandgulsprickig står bara här.");
        await partnership.Representative.SubmitReportAsync(request);

        Assert.Contains(service.Errors.Lines, line => line.Contains("followup.plan.made", StringComparison.Ordinal));
        Assert.DoesNotContain(service.Errors.Lines, line => line.Contains("brandgulsprickig", StringComparison.Ordinal));
    }
}
