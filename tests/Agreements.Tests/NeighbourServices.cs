using System.Buffers.Text;
using System.Collections.Concurrent;
using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Testing;
using Microsoft.AspNetCore.Builder;

namespace Iop.Agreements.Tests;

/// <summary>What the two other services know, for the tests to fill.</summary>
public sealed class NeighbourData
{
    public ConcurrentDictionary<string, Case> Cases { get; } = new();

    /// <summary>Steps of the process, by case.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<GateFinding>> Gates { get; } = new();

    public ConcurrentDictionary<string, GuidelinePack> Packs { get; } = new();

    public ConcurrentDictionary<string, Organisation> Organisations { get; } = new();

    public ConcurrentDictionary<string, SigningAuthority> Authorities { get; } = new();

    public ConcurrentDictionary<string, Document> Documents { get; } = new();

    /// <summary>What the register says of room for aid, by organisation; there is room where nothing is said.</summary>
    public ConcurrentDictionary<string, SumDeMinimisAidResponse> Aid { get; } = new();

    public ConcurrentQueue<SumDeMinimisAidRequest> AidAsked { get; } = [];

    /// <summary>How often packs have been fetched, and with which tokens anything was asked.</summary>
    public ConcurrentBag<string> PackCalls { get; } = [];

    public ConcurrentDictionary<string, string> Tokens { get; } = new();

    public T Found<T>(ConcurrentDictionary<string, T> things, string name, string reason, ServerCallContext context)
    {
        var token = Tokens[context.Method] = context.RequestHeaders.GetValue("authorization") ?? "";
        if (MunicipalityIn(token) is { } municipality && !name.StartsWith($"municipalities/{municipality}/", StringComparison.Ordinal))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "The neighbours answer nobody from another municipality."));
        }

        return things.TryGetValue(name, out var thing) ? thing : throw Missing(reason, name);
    }

    private static string? MunicipalityIn(string authorization) => authorization.Split('.') is [_, var claims, _]
        ? System.Text.Json.JsonDocument.Parse(Base64Url.DecodeFromChars(claims)).RootElement.GetProperty("municipality").GetString()
        : null;

    private static RpcException Missing(string reason, string name)
    {
        var status = new Google.Rpc.Status { Code = (int)StatusCode.NotFound, Message = "Not found" };
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ErrorInfo { Type = reason, Domain = "eligibility.iop" }));
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.LocalizedMessage { Locale = "sv-SE", Message = "Finns inte." }));
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ResourceInfo { ResourceName = name }));
        return StatusDetails.ToRpcException(status);
    }
}

/// <summary>Eligibility and Organisations as this service meets them: their contracts over real Kestrel, answered from memory.</summary>
public sealed class NeighbourServices : IAsyncDisposable
{
    private readonly NeighbourHost _host;

    private NeighbourServices() => _host = new NeighbourHost(Data, services =>
    {
        services.MapGrpcService<Cases>();
        services.MapGrpcService<Guidelines>();
        services.MapGrpcService<Registry>();
        services.MapGrpcService<Documents>();
        services.MapGrpcService<Funding>();
    });

    public NeighbourData Data { get; } = new();

    public string Address { get; private set; } = "";

    public static async Task<NeighbourServices> StartAsync()
    {
        var services = new NeighbourServices();
        services.Address = await services._host.StartAsync();
        return services;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed class Cases(NeighbourData data) : CasesService.CasesServiceBase
    {
        public override Task<Case> GetCase(GetCaseRequest request, ServerCallContext context) =>
            Task.FromResult(data.Found(data.Cases, request.Name, "CASE_NOT_FOUND", context));

        public override Task<Evaluation> EvaluateCase(EvaluateCaseRequest request, ServerCallContext context)
        {
            var found = data.Found(data.Cases, request.Name, "CASE_NOT_FOUND", context);
            return Task.FromResult(new Evaluation { Case = found.Name, Gates = { data.Gates.GetValueOrDefault(found.Name, []) } });
        }
    }

    private sealed class Guidelines(NeighbourData data) : GuidelinesService.GuidelinesServiceBase
    {
        public override Task<GuidelinePack> GetGuidelinePack(GetGuidelinePackRequest request, ServerCallContext context)
        {
            data.PackCalls.Add(request.Name);
            return Task.FromResult(data.Found(data.Packs, request.Name, "GUIDELINE_PACK_NOT_FOUND", context));
        }
    }

    private sealed class Documents(NeighbourData data) : DocumentsService.DocumentsServiceBase
    {
        public override Task<Document> GetDocument(GetDocumentRequest request, ServerCallContext context) =>
            Task.FromResult(data.Found(data.Documents, request.Name, "DOCUMENT_NOT_FOUND", context));
    }

    private sealed class Funding(NeighbourData data) : FundingService.FundingServiceBase
    {
        public override Task<SumDeMinimisAidResponse> SumDeMinimisAid(SumDeMinimisAidRequest request, ServerCallContext context)
        {
            data.Found(data.Organisations, request.Name, "ORGANISATION_NOT_FOUND", context);
            data.AidAsked.Enqueue(request);
            return Task.FromResult(data.Aid.GetValueOrDefault(request.Name, new SumDeMinimisAidResponse { Result = SumDeMinimisAidResponse.Types.Result.Within }));
        }
    }

    private sealed class Registry(NeighbourData data) : OrganisationsService.OrganisationsServiceBase
    {
        public override Task<BatchGetOrganisationsResponse> BatchGetOrganisations(BatchGetOrganisationsRequest request, ServerCallContext context) =>
            Task.FromResult(new BatchGetOrganisationsResponse
            {
                Organisations = { request.Names.Select(name => data.Found(data.Organisations, name, "ORGANISATION_NOT_FOUND", context)) },
            });

        public override Task<ListSigningAuthoritiesResponse> ListSigningAuthorities(ListSigningAuthoritiesRequest request, ServerCallContext context)
        {
            data.Found(data.Organisations, request.Parent, "ORGANISATION_NOT_FOUND", context);
            var found = data.Authorities.Values.Where(authority => authority.Name.StartsWith($"{request.Parent}/", StringComparison.Ordinal));
            return Task.FromResult(new ListSigningAuthoritiesResponse { SigningAuthorities = { found } });
        }
    }
}
