using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class InstallationTests(EligibilityFixture service)
{
    [Fact]
    public Task The_schema_is_what_the_model_says() => SchemaAssert.ModelEqualsSchemaAsync(service);

    [Fact]
    public Task Every_table_is_walled_off_by_municipality() => SchemaAssert.EveryTableIsWalledOffAsync(service);

    [Theory]
    [MemberData(nameof(Packs.AllCodes), MemberType = typeof(Packs))]
    public async Task A_fresh_installation_has_the_shipped_pack_published(string municipality)
    {
        var pack = await service.Guidelines(municipality, Roles.CaseOfficer).ResolveGuidelinePackAsync(
            new ResolveGuidelinePackRequest { Parent = $"municipalities/{municipality}" });

        Assert.Equal(Pack.Types.State.Published, pack.State);
        Assert.Equal(64, pack.Sha256.Length);
        Assert.Equal(Packs.Of(municipality).Criteria.Select(criterion => criterion.Id), pack.Criteria.Select(criterion => criterion.RuleId));
        var published = Assert.IsType<GuidelinePackPublished>(Assert.Single(await service.EventsOfAsync(pack.Name)));
        Assert.Equal((pack.Name, Packs.Of(municipality).ValidFrom), (published.GuidelinePack, published.ValidFrom));
    }

    [Fact]
    public async Task Publishing_the_shipped_packs_again_changes_nothing()
    {
        await Task.WhenAll(ShippedPacks.PublishAsync(service.Services, default), ShippedPacks.PublishAsync(service.Services, default));

        var listed = await service.Guidelines(EligibilityFixture.Eslov).ListGuidelinePacksAsync(
            new ListGuidelinePacksRequest { Parent = $"municipalities/{EligibilityFixture.Eslov}" });
        Assert.Single(listed.GuidelinePacks, pack => pack.Name.EndsWith(Packs.Of(EligibilityFixture.Eslov).Version, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(CasesService))]
    [InlineData(typeof(GuidelinesService))]
    [InlineData(typeof(PrecedentsService))]
    public void Every_reason_that_the_contract_names_has_its_sentences(Type contract)
    {
        var catalogue = service.Services.GetRequiredService<ErrorCatalogue>().Reasons.ToHashSet();
        var contractFile = $"{contract.Name[..^"Service".Length].ToLowerInvariant()}.proto";
        var named = ContractReasons.In(contractFile);

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, reason => !catalogue.Contains(reason) && reason != "RATE_LIMITED");
    }

    [Fact]
    public void Every_fault_of_a_pack_has_its_sentences()
    {
        var catalogue = service.Services.GetRequiredService<ErrorCatalogue>().Reasons;
        Assert.NotEmpty(Domain.Guidelines.Reading.FaultReason.All);
        Assert.Empty(Domain.Guidelines.Reading.FaultReason.All.Except(catalogue));
    }

    [Fact]
    public void Every_reason_in_the_code_has_its_sentences()
    {
        var catalogue = service.Services.GetRequiredService<ErrorCatalogue>().Reasons.ToHashSet();
        var inCode = ContractReasons.InCode();
        Assert.Contains("CASE_STATE_NOT_ALLOWED", inCode);
        Assert.Empty(inCode.Except(catalogue));
    }

    [Fact]
    public void A_text_is_known_for_every_type_of_clause()
    {
        foreach (var type in Enum.GetValues<ClauseType>())
        {
            Assert.NotEmpty(Api.Texts.Clause(Domain.Cases.Codes.KeyOf(type)).Sv);
            Assert.NotEmpty(Api.Texts.Markers(Domain.Cases.Codes.KeyOf(type)));
        }
    }
}
