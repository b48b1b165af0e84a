using Google.Protobuf;
using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Data;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Date = Iop.Types.V1.Date;

namespace Iop.Organisations.Tests;

/// <summary>The organisations service, running, with the callers and things that its tests need.</summary>
public class RegisterFixture : RunningService<OrganisationsDb>
{
    public RegisterFixture()
        : this(new MovedClock())
    {
    }

    private RegisterFixture(MovedClock clock)
        : base(Program.Build, builder => builder.Services.AddSingleton<TimeProvider>(clock)) => Clock = clock;

    public const string Municipality = "1283";
    public const string Here = $"municipalities/{Municipality}";
    public const string Elsewhere = "municipalities/0580";

    private static int _numbers;

    /// <summary>The guidelines that organisations are held to.</summary>
    public GuidelinesDouble Guidelines { get; } = new();

    /// <summary>What the service has told others.</summary>
    public EventEar Ear { get; } = new EventEar()
        .For<OrganisationEligibilityChanged>().For<OrganisationRepresentationChanged>().For<OrganisationVettingChanged>()
        .For<SigningAuthorityLapsing>().For<SigningAuthorityLapsed>().For<DocumentRequested>().For<DocumentReviewed>();

    /// <summary>The service's clock: the true one, moved forward by whole days.</summary>
    public MovedClock Clock { get; }

    public OrganisationsService.OrganisationsServiceClient Officer => By(Roles.CaseOfficer);

    public OrganisationsService.OrganisationsServiceClient OfficerElsewhere => new(As("0580", Roles.CaseOfficer));

    public DocumentsService.DocumentsServiceClient Documents => new(As(Municipality, Roles.CaseOfficer));

    public DocumentsService.DocumentsServiceClient DocumentsElsewhere => new(As("0580", Roles.CaseOfficer));

    public DocumentRequirementsService.DocumentRequirementsServiceClient Requirements => new(As(Municipality, Roles.CaseOfficer));

    public DocumentRequirementsService.DocumentRequirementsServiceClient RequirementsBy(string role, params string[] organisations) =>
        new(As(Municipality, role, organisations: organisations));

    public RepresentativesService.RepresentativesServiceClient Representatives => new(As(Municipality, Roles.CaseOfficer));

    /// <summary>A person with a subject of their own, whose token names the organisations.</summary>
    public RepresentativesService.RepresentativesServiceClient RepresentativesAs(string person, params string[] organisations) =>
        new(As(Municipality, Roles.OrganisationRepresentative, person, "Kim Exempel", organisations: organisations));

    public VettingService.VettingServiceClient VettingBy(string role, params string[] organisations) => new(As(Municipality, role, organisations: organisations));

    public FundingService.FundingServiceClient FundingBy(string role, params string[] organisations) => new(As(Municipality, role, organisations: organisations));

    protected override async Task<IReadOnlyList<string>> MoreArgumentsAsync() => [$"--services:eligibility:Grpc:0={await Guidelines.StartAsync()}"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Ear.ListenAsync(Services.GetRequiredService<IReceiveEndpointConnector>());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Guidelines.DisposeAsync();
    }

    public static Date Today(int days = 0) => TimeProvider.System.Today().AddDays(days).ToProto();

    /// <summary>A number of the group that no other test has, with its check digit.</summary>
    public static string NewNumber(int group = 8)
    {
        var nine = $"{group}99{Interlocked.Increment(ref _numbers) + 900000:D6}";
        return $"{nine[..6]}-{nine[6..]}{CheckDigit(nine)}";
    }

    public static int CheckDigit(string nine)
    {
        var sum = 0;
        for (var i = 0; i < nine.Length; i++)
        {
            var doubled = (nine[i] - '0') * (2 - (i % 2));
            sum += (doubled / 10) + (doubled % 10);
        }

        return (10 - (sum % 10)) % 10;
    }

    public static Organisation Sample(string? number = null) => new()
    {
        OrganisationNumber = number ?? NewNumber(),
        DisplayName = "Exempelföreningen",
        LegalForm = LegalForm.NonProfitAssociation,
        Purpose = OrganisationPurpose.PublicBenefit,
    };

    public OrganisationsService.OrganisationsServiceClient By(string role, params string[] organisations) =>
        new(As(Municipality, role, organisations: organisations));

    public DocumentsService.DocumentsServiceClient DocumentsBy(string role, params string[] organisations) =>
        new(As(Municipality, role, organisations: organisations));

    public Task<Organisation> RegisterAsync(Organisation? organisation = null) => CreateAsync(Officer, organisation ?? Sample());

    public static Task<Organisation> CreateAsync(
        OrganisationsService.OrganisationsServiceClient by, Organisation organisation, string id = "", string requestId = "", string parent = Here) =>
        by.CreateOrganisationAsync(new CreateOrganisationRequest { Parent = parent, Organisation = organisation, OrganisationId = id, RequestId = requestId }).ResponseAsync;

    public static SigningAuthority Signing(params string[] persons) => new()
    {
        Rule = SigningRule.Alone,
        Signatories = { persons.DefaultIfEmpty("person-1").Select(p => new AuthorisedSignatory { PersonRef = p, DisplayName = "Kim Exempel", Role = "ordförande" }) },
        ValidFrom = Today(-10),
        ValidUntil = Today(100),
    };

    public Task<SigningAuthority> AuthoriseAsync(string parent, SigningAuthority authority, OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? Officer).CreateSigningAuthorityAsync(new CreateSigningAuthorityRequest { Parent = parent, SigningAuthority = authority }).ResponseAsync;

    public static UploadDocumentHeader Header(string parent, DocumentKind kind = DocumentKind.Statutes) =>
        new() { Parent = parent, Kind = kind, Title = "Stadgar", FileName = "stadgar.bin" };

    /// <summary>Uploads in chunks of 100 000 bytes, or sends the messages as they are given.</summary>
    public Task<Document> UploadAsync(UploadDocumentHeader header, byte[] content, DocumentsService.DocumentsServiceClient? by = null) =>
        SendAsync(by ?? Documents, [new() { Header = header }, .. content.Chunk(100_000).Select(chunk => new UploadDocumentRequest { Chunk = ByteString.CopyFrom(chunk) })]);

    public static async Task<Document> SendAsync(DocumentsService.DocumentsServiceClient client, IEnumerable<UploadDocumentRequest> messages)
    {
        using var call = client.UploadDocument();
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The service may refuse before all is sent; the answer is the call's own.
        }
        catch (InvalidOperationException)
        {
            // Likewise: the call was complete before the stream was.
        }

        return await call.ResponseAsync;
    }

    /// <summary>A number read as the owner of the schema, past every wall.</summary>
    public Task<long> CountAsync(string table, string condition) => CountAsync($"SELECT count(*) FROM {table} WHERE {condition}");
}

/// <summary>The true time, moved forward by days, so that what falls on a day can be seen to.</summary>
public sealed class MovedClock : TimeProvider
{
    private int _days;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(_days);

    public void MoveOn(int days) => Interlocked.Add(ref _days, days);

    /// <summary>Back to the true time, in which tokens are valid.</summary>
    public void Return() => Interlocked.Exchange(ref _days, 0);
}

[CollectionDefinition(Name)]
public sealed class Register : ICollectionFixture<RegisterFixture>
{
    public const string Name = "register";
}
