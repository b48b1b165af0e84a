using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>Who may call what, as <c>access.txt</c> says, on an agreement in force that has one of everything.</summary>
[Collection(Running.Name)]
public sealed class AccessMatrixTests(AgreementsFixture service)
{
    internal static readonly string Table = AccessMatrix.TableOf(typeof(AccessMatrixTests).Assembly);

    private static readonly AccessMatrix Matrix = AccessMatrix.Whole(Table, AgreementsService.Descriptor);
    private static AccessWorld? world;

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs];

    [Fact]
    public void Every_call_is_in_the_table_with_every_role() => Assert.Empty(Matrix.Faults());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_role_may_what_the_table_says_at_home_and_nothing_elsewhere(string rpc) =>
        Assert.Empty(await Matrix.TryAsync(rpc, world ??= await WorldAsync()));

    [Fact]
    public async Task What_is_asked_of_a_municipality_is_asked_by_its_name_and_no_longer_one() =>
        Assert.Empty(await Matrix.TryParentsAsync(world ??= await WorldAsync()));

    [Fact]
    public async Task A_table_that_says_otherwise_is_found_out()
    {
        var row = Table.Split('\n').Single(line => line.StartsWith("AgreementsService/ApproveText |", StringComparison.Ordinal));
        var wrong = Table.Replace(row, row.Replace("| yes | - | - | - | own |", "| - | yes | - | - | yes |", StringComparison.Ordinal), StringComparison.Ordinal);

        var found = await AccessMatrix.Read(wrong, AgreementsService.Descriptor).TryAsync("AgreementsService/ApproveText", world ??= await WorldAsync());

        Assert.Contains(found, difference => difference.Contains("as case-officer", StringComparison.Ordinal));
        Assert.Contains(found, difference => difference.Contains("as lawyer", StringComparison.Ordinal));
        Assert.Equal(["AgreementsService/ApproveText has no row"], AccessMatrix.Whole(Table.Replace(row, "", StringComparison.Ordinal), AgreementsService.Descriptor).Faults());
    }

    /// <summary>An agreement in force that has one of everything.</summary>
    /// <param name="then">What is done with it last.</param>
    internal async Task<AccessWorld> WorldAsync(Func<Agreement, Task>? then = null)
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var comment = await service.Officer.CreateCommentAsync(
            new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Text = "Vilka kvällar?" } });
        var proposal = await service.Officer.CreateProposalAsync(
            new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = "activity", Text = "Fyra kvällar." } });
        await service.Officer.WithdrawProposalAsync(new WithdrawProposalRequest { Name = proposal.Name, Etag = proposal.Etag });
        var shared = (await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name })).AgreementRevisions[0];
        var document = await UploadAsync(service.Documents, agreement.Name, Scan());
        agreement = await ApproveAsync(service.Officer, await service.ReadAsync(agreement.Name), "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
        var dispute = await service.Officer.OpenDisputeAsync(
            new OpenDisputeRequest { Parent = agreement.Name, PartyId = "arbete", Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak." });
        var disclosure = await new DisclosuresService.DisclosuresServiceClient(service.As("1285", Roles.CaseOfficer)).CreateDisclosureAsync(new CreateDisclosureRequest
        {
            Parent = agreement.Name,
            Disclosure = new Disclosure { ReferenceNumber = "KS 2026:1", DecidedBy = "Kommunjurist", DecideDate = TimeProvider.System.Today().ToProto() },
        });
        await (then?.Invoke(agreement) ?? Task.CompletedTask);
        return new AccessWorld
        {
            As = (municipality, role, organisations) => service.As(municipality, role, $"matrix-{role}", organisations: organisations),
            Municipality = Here[^4..],
            Elsewhere = "0580",
            Organisation = organisation,
            OtherOrganisation = service.ApprovedCase().Organisation,
            Resources = new Dictionary<string, string>
            {
                ["parent"] = Here,
                ["case"] = agreement.Case,
                ["agreement"] = agreement.Name,
                ["comment"] = comment.Name,
                ["proposal"] = proposal.Name,
                ["revision"] = shared.Name,
                ["version"] = $"{agreement.Name}/versions/1",
                ["document"] = document.Name,
                ["disclosure"] = disclosure.Name,
                ["dispute"] = dispute.Name,
                ["aid"] = $"{Here}/stateAidReports/{Guid.CreateVersion7()}",
                ["share"] = $"{Here}/agreementShares/{Guid.CreateVersion7()}",
                ["party"] = "arbete",
                [$"party of {Roles.OrganisationRepresentative}"] = "forening",
            },
        };
    }
}
