using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Organisations.V1;

namespace Iop.Journey;

/// <summary>Where the four services are.</summary>
public sealed record Addresses(Uri Organisations, Uri Eligibility, Uri Agreements, Uri FollowUp);

/// <summary>One channel to each service, shared by everyone who plays.</summary>
public sealed class Channels(Addresses addresses) : IDisposable
{
    private readonly GrpcChannel _organisations = Open(addresses.Organisations);
    private readonly GrpcChannel _eligibility = Open(addresses.Eligibility);
    private readonly GrpcChannel _agreements = Open(addresses.Agreements);
    private readonly GrpcChannel _followUp = Open(addresses.FollowUp);

    /// <summary>The services as the bearer of a token reaches them; without a token, as nobody does.</summary>
    public Services With(string? token) => new(
        Bearing(_organisations, token), Bearing(_eligibility, token), Bearing(_agreements, token), Bearing(_followUp, token));

    /// <inheritdoc/>
    public void Dispose()
    {
        _organisations.Dispose();
        _eligibility.Dispose();
        _agreements.Dispose();
        _followUp.Dispose();
    }

    // The handler of .NET writes the traceparent of the current activity, so a whole partnership becomes one trace.
    private static GrpcChannel Open(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
        HttpVersion = HttpVersion.Version20,
    });

    private static CallInvoker Bearing(GrpcChannel channel, string? token) => token is null ? channel.CreateCallInvoker() : channel.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    });
}

/// <summary>The clients of one person.</summary>
public sealed class Services(CallInvoker organisations, CallInvoker eligibility, CallInvoker agreements, CallInvoker followUp)
{
    public OrganisationsService.OrganisationsServiceClient Organisations { get; } = new(organisations);

    public DocumentsService.DocumentsServiceClient Documents { get; } = new(organisations);

    public DocumentRequirementsService.DocumentRequirementsServiceClient Requirements { get; } = new(organisations);

    public VettingService.VettingServiceClient Vetting { get; } = new(organisations);

    public FundingService.FundingServiceClient Funding { get; } = new(organisations);

    public GuidelinesService.GuidelinesServiceClient Guidelines { get; } = new(eligibility);

    public CasesService.CasesServiceClient Cases { get; } = new(eligibility);

    public PrecedentsService.PrecedentsServiceClient Precedents { get; } = new(eligibility);

    public AgreementsService.AgreementsServiceClient Agreements { get; } = new(agreements);

    public JointAgreementsService.JointAgreementsServiceClient Joint { get; } = new(agreements);

    public AgreementDocumentsService.AgreementDocumentsServiceClient AgreementDocuments { get; } = new(agreements);

    public FollowUpService.FollowUpServiceClient FollowUp { get; } = new(followUp);
}
