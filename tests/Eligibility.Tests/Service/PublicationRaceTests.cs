using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Several who make the same thing known at the same time: one does, and the rest are told of it.</summary>
[Collection(nameof(Eligibility))]
public sealed class PublicationRaceTests(EligibilityFixture service)
{
    private const int Many = 8;

    [Fact]
    public async Task Of_many_who_publish_a_precedent_of_a_case_at_once_one_does()
    {
        var eslov = new Journey(service, EligibilityFixture.Eslov);
        var @case = await eslov.AsDecider.DecideCaseAsync(eslov.Decide(await eslov.SubmittedAsync()));

        await OneOfManyAsync("PRECEDENT_EXISTS", async () => (await new PrecedentsService.PrecedentsServiceClient(service.As(EligibilityFixture.Eslov, Roles.CaseOfficer)).PublishPrecedentAsync(new()
        {
            Parent = eslov.Parent,
            Precedent = new Precedent { Case = @case.Name, Title = "Mötesplats på kvällstid", Summary = "En förening höll öppet när kommunen hade stängt.", Shared = true },
            Reviewed = true,
        })).Name);
    }

    [Fact]
    public async Task Of_many_who_draft_a_version_of_a_guideline_at_once_one_does()
    {
        var document = Packs.TextOf(EligibilityFixture.Falun)
            .Replace($"version: \"{Packs.Of(EligibilityFixture.Falun).Version}\"", "version: \"2031-1\"", StringComparison.Ordinal);

        await OneOfManyAsync("GUIDELINE_PACK_VERSION_TAKEN", async () => (await service.Guidelines(EligibilityFixture.Falun).CreateGuidelinePackAsync(new()
        {
            Parent = $"municipalities/{EligibilityFixture.Falun}",
            GuidelinePack = new Pack { Document = document },
        })).Name);
    }

    private static async Task OneOfManyAsync(string reason, Func<Task<string>> make)
    {
        var attempts = Enumerable.Range(0, Many).Select(_ => Task.Run(make)).ToList();
        await Task.WhenAll(attempts.Select(attempt => attempt.ContinueWith(_ => { }, TaskScheduler.Default)));

        var first = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        foreach (var late in attempts.Where(attempt => attempt != first))
        {
            var refused = await Refused.ByAsync(StatusCode.AlreadyExists, reason, () => late);
            Assert.Equal(await first, refused.Metadata["name"]);
        }
    }
}
