using Google.Protobuf;
using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>The service, running beside two neighbours, and the steps that a partnership takes through it.</summary>
public sealed partial class AgreementsFixture() : RunningService<AgreementsDb>(Program.Build, KeepOutbox)
{
    public const string Here = "municipalities/1285";
    public const string Chair = "chair-person";
    public const string Anna = "anna-person";
    public const string Bo = "bo-person";
    public const string Pack = $"{Here}/guidelinePacks/2024-1";

    /// <summary>A pack under which the civil society side signs first.</summary>
    public const string OrderedPack = $"{Here}/guidelinePacks/2024-2";

    /// <summary>A pack that says nothing of reminders.</summary>
    public const string SilentPack = $"{Here}/guidelinePacks/2024-3";

    /// <summary>A pack under which a committee decides.</summary>
    public const string BoardPack = $"{Here}/guidelinePacks/2024-4";

    private NeighbourServices? _neighbours;
    private StampAuthority? _stamps;

    /// <summary>A signing service that this installation uses beside its own.</summary>
    public static readonly OtherSigningService Other = new();

    /// <summary>Another e-service of the municipality, such as the one that takes the signing service's callbacks.</summary>
    public AgreementsService.AgreementsServiceClient Integration => new(As("1285", Roles.Integration, "callback", "Underskriftstjänsten"));

    public AgreementsService.AgreementsServiceClient AnotherOfficer => new(As("1285", Roles.CaseOfficer, "another-officer", "En annan handläggare"));

    public NeighbourData Neighbours => _neighbours!.Data;

    /// <summary>The documents of agreements, as a case officer.</summary>
    public AgreementDocumentsService.AgreementDocumentsServiceClient Documents => new(As("1285", Roles.CaseOfficer, name: "Handläggaren"));

    public AgreementsService.AgreementsServiceClient Officer => new(As("1285", Roles.CaseOfficer, name: "Handläggaren"));

    public AgreementsService.AgreementsServiceClient ChairPerson => new(As("1285", Roles.DecisionMaker, Chair, "Kim Ordförande"));

    public AgreementsService.AgreementsServiceClient Representative(string organisation, string subject = Anna, string assurance = "loa3") =>
        new(As("1285", Roles.OrganisationRepresentative, subject, "Anna Andersson", assurance, organisation));

    protected override async Task<IReadOnlyList<string>> MoreArgumentsAsync()
    {
        _neighbours = await NeighbourServices.StartAsync();
        Neighbours.Packs[Pack] = SamplePack();
        var ordered = SamplePack();
        (ordered.Name, ordered.SigningRule) = (OrderedPack, new Eligibility.V1.SigningRule { RuleId = "x-signing", Ordered = true, MinimumAssuranceLevel = "substantial" });
        Neighbours.Packs[OrderedPack] = ordered;
        var silent = SamplePack();
        (silent.Name, silent.FollowUpRule) = (SilentPack, new FollowUpRule { RuleId = "x-follow-up", CheckInEveryMonths = 3, ReportEveryMonths = 12, ReportingResponsibility = ReportingResponsibility.Shared });
        Neighbours.Packs[SilentPack] = silent;
        Neighbours.Packs[GuidingPack] = Guiding();
        Neighbours.Packs[LevelsPack] = Levelled();
        Neighbours.Packs[StrongPack] = Strong();
        var board = SamplePack();
        (board.Name, board.DecisionRule) = (BoardPack, new DecisionRule { RuleId = "x-board", Body = new LocalizedText { Sv = "Nämnden beslutar.", En = "The committee decides." }, Bodies = { DecidingBody.Committee, DecidingBody.Council } });
        Neighbours.Packs[BoardPack] = board;
        _stamps = await StampAuthority.StartAsync();
        return [$"--services:eligibility:Grpc:0={_neighbours.Address}", $"--services:organisations:Grpc:0={_neighbours.Address}", $"--Seal:TimeStampUrl={_stamps.Address}"];
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _stamps!.DisposeAsync();
        await _neighbours!.DisposeAsync();
    }

    /// <summary>An approved case of an organisation of its own, two of whom sign jointly.</summary>
    public (string Case, string Organisation) ApprovedCase(Action<Case>? change = null)
    {
        var organisation = $"{Here}/organisations/{Guid.CreateVersion7()}";
        Neighbours.Organisations[organisation] = new Organisation
        {
            Name = organisation,
            DisplayName = "Öppna Famnen Eslöv",
            OrganisationNumber = "899999-0016",
            PartyEligibility = PartyEligibility.Eligible,
        };
        Neighbours.Authorities[organisation] = new SigningAuthority
        {
            Name = $"{organisation}/signingAuthorities/{Guid.CreateVersion7()}",
            Rule = Organisations.V1.SigningRule.Jointly,
            RequiredSignatureCount = 2,
            State = SigningAuthority.Types.State.Current,
            Signatories =
            {
                new AuthorisedSignatory { PersonRef = Anna, DisplayName = "Anna Andersson", Role = "ordförande" },
                new AuthorisedSignatory { PersonRef = Bo, DisplayName = "Bo Berg", Role = "kassör" },
            },
        };
        var approved = SampleCase(organisation);
        change?.Invoke(approved);
        Neighbours.Cases[approved.Name] = approved;
        return (approved.Name, organisation);
    }

    /// <summary>Sends a file in pieces.</summary>
    public static async Task<AgreementDocument> UploadAsync(
        AgreementDocumentsService.AgreementDocumentsServiceClient client, string agreement, byte[] content, string fileName = "fil.pdf", string requestId = "")
    {
        using var call = client.UploadAgreementDocument();
        var header = new UploadAgreementDocumentHeader { Parent = agreement, Title = "En fil", FileName = fileName, RequestId = requestId };
        await call.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Header = header });
        foreach (var piece in content.Chunk(300_000))
        {
            await call.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Chunk = ByteString.CopyFrom(piece) });
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Something that looks like a scan, and is like no other.</summary>
    public static byte[] Scan(int size = 2_000) => [.. "%PDF-1.7\n"u8, .. System.Security.Cryptography.RandomNumberGenerator.GetBytes(size)];

    /// <summary>What only the parties can say: payments, signatories, contacts, and how they follow up.</summary>
    public static Agreement Complete(Agreement agreement)
    {
        agreement.EndsWithoutNotice = true;
        agreement.PaymentPlan.Add(new PaymentPlanItem { Amount = Sum(1_200_000), DueDate = new Date { Year = 2027, Month = 2, Day = 1 }, PayerPartyId = "arbete", PayeePartyId = "forening" });
        agreement.PublicSignatories.Add(new Signatory { PartyId = "arbete", PersonRef = Chair, DisplayName = "Kim Ordförande", Role = "ordförande" });
        return agreement;
    }

    // What has been raised stays in the outbox, to be looked at.
    private static void KeepOutbox(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Iop.Agreements.Domain.ISigningProvider>(Other);
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "OutboxDispatcher"));

        // Originals are made when they are asked for, or when a test lets the sealer work: what runs it stands next to it.
        var sealer = builder.Services.Index().Single(service => service.Item.ServiceType == typeof(OriginalSealer)).Index;
        builder.Services.RemoveAt(sealer + 1);
    }

    internal static Money Sum(long kronor) => new() { CurrencyCode = "SEK", Units = kronor };
}

[CollectionDefinition(Name)]
public sealed class Running : ICollectionFixture<AgreementsFixture>
{
    public const string Name = "agreements";
}
