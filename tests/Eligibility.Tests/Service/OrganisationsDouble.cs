using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using Microsoft.AspNetCore.Builder;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Stands in for the Organisations service: its contract over real gRPC, answered from memory.</summary>
public sealed class OrganisationsDouble : IAsyncDisposable
{
    private readonly NeighbourHost _host;
    private readonly Register _register = new();

    public OrganisationsDouble() => _host = new NeighbourHost(_register, services =>
    {
        services.MapGrpcService<OrganisationsApi>();
        services.MapGrpcService<DocumentsApi>();
        services.MapGrpcService<RequirementsApi>();
        services.MapGrpcService<VettingApi>();
        services.MapGrpcService<FundingApi>();
    });

    /// <summary>Headers of the last call: the caller's token must have been sent along.</summary>
    public string LastToken => _register.LastToken;

    public Task<string> StartAsync() => _host.StartAsync();

    /// <summary>Registers an organisation, by default one that may be a party.</summary>
    public string Add(string municipality, PartyEligibility eligibility = PartyEligibility.Eligible, string displayName = "Öppna Famnen", string number = "899999-0016")
    {
        var name = $"municipalities/{municipality}/organisations/{Guid.CreateVersion7()}";
        _register.Organisations[name] = new Organisation
        {
            Name = name,
            DisplayName = displayName,
            OrganisationNumber = number,
            Purpose = OrganisationPurpose.PublicBenefit,
            ActiveInMunicipality = true,
            DistributesProfit = false,
            DemocraticallyGoverned = true,
            PubliclyControlled = false,
            PartyEligibility = eligibility,
        };
        return name;
    }

    /// <summary>Changes whether an organisation may be a party.</summary>
    public void Let(string organisation, PartyEligibility eligibility) =>
        _register.Organisations[organisation] = new Organisation(_register.Organisations[organisation]) { PartyEligibility = eligibility };

    /// <summary>Says where an organisation stands in the register of the Act (2022:900).</summary>
    public void Enrol(string organisation, ActRegistration.Types.Status status, DateOnly date) => _register.Organisations[organisation] =
        new Organisation(_register.Organisations[organisation]) { ActRegistration = new ActRegistration { Status = status, StatusDate = date.ToProto() } };

    /// <summary>Gives an organisation a document.</summary>
    public void Add(string organisation, DocumentKind kind, Document.Types.State state) => _register.Documents.Enqueue(
        new Document { Name = $"{organisation}/documents/{Guid.CreateVersion7()}", Kind = kind, State = state, ReceiveTime = DateTimeOffset.UtcNow.ToTimestamp() });

    /// <summary>Asks an organisation for a document, to be handed in so many days from today.</summary>
    public void Ask(string organisation, DocumentKind kind, int dueInDays) => _register.Reminders.Enqueue(new DocumentReminder
    {
        Name = $"{organisation}/documentReminders/{Guid.CreateVersion7()}",
        Kind = kind,
        DueDate = TimeProvider.System.Today().AddDays(dueInDays).ToProto(),
        Message = "Vi saknar handlingen",
        CreateTime = DateTimeOffset.UtcNow.ToTimestamp(),
    });

    /// <summary>Records how an organisation stands against a condition.</summary>
    public void Check(string organisation, string set, string condition, ConditionStatus status) =>
        _register.Conditions[(organisation, set, condition)] = new ConditionFinding { ConditionKey = condition, Status = status };

    /// <summary>Says since when an organisation is there, and since when it has had to do with the municipality.</summary>
    public void Found(string organisation, DateOnly founded, params DateOnly[] relations) => _register.Organisations[organisation] = new Organisation(_register.Organisations[organisation])
    {
        FoundedDate = founded.ToProto(),
        RelationHistory = { relations.Select(start => new RelationEntry { Kind = RelationEntry.Types.Kind.Cooperation, StartDate = start.ToProto() }) },
    };

    /// <summary>Discloses what an organisation is given.</summary>
    public string Disclose(string organisation, FundingForm form, DateOnly start, DateOnly end, bool? sameCost = false, long amount = 100_000)
    {
        var disclosure = new FundingDisclosure
        {
            Name = $"{organisation}/fundingDisclosures/{Guid.CreateVersion7()}",
            GiverKind = GiverKind.OwnMunicipality,
            Form = form,
            Cost = "Lokalhyra",
            Amount = Journey.Sek(amount),
            PeriodStartDate = start.ToProto(),
            PeriodEndDate = end.ToProto(),
        };
        if (sameCost is { } known)
        {
            disclosure.SameCostAsPartnership = known;
        }

        _register.Disclosures.Enqueue(disclosure);
        return disclosure.Name;
    }

    /// <summary>What a sum of an organisation's de minimis aid shows; otherwise it is within the ceilings.</summary>
    public void Sum(string organisation, SumDeMinimisAidResponse.Types.Result result) => _register.Sums[organisation] = result;

    /// <summary>Records a number of members.</summary>
    public void Count(string organisation, int members) => _register.Organisations[organisation] =
        new Organisation(_register.Organisations[organisation]) { MemberCount = members, MemberCountDate = TimeProvider.System.Today().ToProto() };

    /// <summary>Remarks on an organisation's documents.</summary>
    public void Remark(string organisation, string text) => _register.Remarks.Enqueue((organisation, text));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed class Register
    {
        public ConcurrentDictionary<string, Organisation> Organisations { get; } = new();

        public ConcurrentQueue<FundingDisclosure> Disclosures { get; } = new();

        public ConcurrentQueue<Document> Documents { get; } = new();

        public ConcurrentQueue<DocumentReminder> Reminders { get; } = new();

        public ConcurrentDictionary<(string Organisation, string Set, string Condition), ConditionFinding> Conditions { get; } = new();

        public ConcurrentQueue<(string Organisation, string Text)> Remarks { get; } = new();

        public ConcurrentDictionary<string, SumDeMinimisAidResponse.Types.Result> Sums { get; } = new();

        public string LastToken { get; private set; } = "";

        public Organisation Get(string name, ServerCallContext context)
        {
            LastToken = context.RequestHeaders.GetValue("authorization") ?? "";
            return Organisations.TryGetValue(name, out var organisation)
                ? organisation
                : throw StatusDetails.ToRpcException(
                    Refusal.NotFound("ORGANISATION_NOT_FOUND", name), ErrorCatalogue.Load("organisations.iop", typeof(Program).Assembly), "test");
        }
    }

    private sealed class OrganisationsApi(Register register) : OrganisationsService.OrganisationsServiceBase
    {
        public override Task<Organisation> GetOrganisation(GetOrganisationRequest request, ServerCallContext context) =>
            Task.FromResult(register.Get(request.Name, context));

        public override Task<BatchGetOrganisationsResponse> BatchGetOrganisations(BatchGetOrganisationsRequest request, ServerCallContext context) =>
            Task.FromResult(new BatchGetOrganisationsResponse { Organisations = { request.Names.Select(name => register.Get(name, context)) } });
    }

    private sealed class DocumentsApi(Register register) : DocumentsService.DocumentsServiceBase
    {
        public override Task<ListDocumentsResponse> ListDocuments(ListDocumentsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListDocumentsResponse
            {
                Documents = { register.Documents.Where(document => document.Name.StartsWith(request.Parent, StringComparison.Ordinal)) },
            });
    }

    private sealed class RequirementsApi(Register register) : DocumentRequirementsService.DocumentRequirementsServiceBase
    {
        // Of a kind the latest counts, and a recorded number of members stands for a paper.
        public override Task<ListDocumentRequirementsResponse> ListDocumentRequirements(ListDocumentRequirementsRequest request, ServerCallContext context)
        {
            var latest = register.Documents.Where(document => document.Name.StartsWith(request.Parent, StringComparison.Ordinal)).GroupBy(document => document.Kind)
                .Select(kind => new DocumentRequirementStatus
                {
                    Kind = kind.Key,
                    Status = kind.Last().Stale ? DocumentRequirementStatus.Types.Status.Stale : (DocumentRequirementStatus.Types.Status)((int)kind.Last().State + 1),
                }).ToList();
            if (register.Organisations[request.Parent].MemberCountDate is not null)
            {
                latest.Add(new DocumentRequirementStatus { Kind = DocumentKind.MemberCount, Status = DocumentRequirementStatus.Types.Status.Received });
            }

            return Task.FromResult(new ListDocumentRequirementsResponse { Requirements = { latest } });
        }

        public override Task<ListDocumentRemindersResponse> ListDocumentReminders(ListDocumentRemindersRequest request, ServerCallContext context) =>
            Task.FromResult(new ListDocumentRemindersResponse
            {
                DocumentReminders = { register.Reminders.Where(reminder => reminder.Name.StartsWith(request.Parent, StringComparison.Ordinal)) },
            });
    }

    private sealed class VettingApi(Register register) : VettingService.VettingServiceBase
    {
        public override Task<EvaluateVettingResponse> EvaluateVetting(EvaluateVettingRequest request, ServerCallContext context) =>
            Task.FromResult(new EvaluateVettingResponse
            {
                GuidelinePack = request.GuidelinePack,
                Sets =
                {
                    register.Conditions.Where(condition => condition.Key.Organisation == request.Name).GroupBy(condition => condition.Key.Set)
                        .Select(set => new ConditionSetFinding { SetKey = set.Key, Conditions = { set.Select(condition => condition.Value) } }),
                },
                Remarks = { register.Remarks.Where(remark => remark.Organisation == request.Name).Select(remark => new VettingRemark { Explanation = new LocalizedText { Sv = remark.Text, En = remark.Text } }) },
            });
    }

    private sealed class FundingApi(Register register) : FundingService.FundingServiceBase
    {
        public override Task<SumDeMinimisAidResponse> SumDeMinimisAid(SumDeMinimisAidRequest request, ServerCallContext context) =>
            Task.FromResult(new SumDeMinimisAidResponse
            {
                Result = register.Sums.GetValueOrDefault(request.Name, SumDeMinimisAidResponse.Types.Result.Within),
                Missing =
                {
                    register.Sums.GetValueOrDefault(request.Name) == SumDeMinimisAidResponse.Types.Result.Incomplete
                        ? [Lacking(2026, 2), Lacking(2025, 1), Lacking(2026, 2)]
                        : Array.Empty<MissingTableRow>(),
                },
            });

        public override Task<ListFundingDisclosuresResponse> ListFundingDisclosures(ListFundingDisclosuresRequest request, ServerCallContext context) =>
            Task.FromResult(new ListFundingDisclosuresResponse
            {
                FundingDisclosures = { register.Disclosures.Where(disclosure => disclosure.Name.StartsWith(request.Parent, StringComparison.Ordinal)) },
            });

        private static MissingTableRow Lacking(int year, int month) =>
            new() { Table = MissingTableRow.Types.Table.ExchangeRates, Date = new DateOnly(year, month, 1).ToProto() };
    }
}
