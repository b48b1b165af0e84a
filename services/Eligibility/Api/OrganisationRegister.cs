using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Api;

/// <summary>Asks the Organisations service, with the caller's own token, who the parties are.</summary>
public sealed partial class OrganisationRegister(
    OrganisationsService.OrganisationsServiceClient organisations, DocumentsService.DocumentsServiceClient documents,
    DocumentRequirementsService.DocumentRequirementsServiceClient requirements, VettingService.VettingServiceClient vetting,
    FundingService.FundingServiceClient funding, CurrentCall call, TenantScope tenant)
{
    private const int PageSize = 200;

    /// <summary>Reads organisations; of those named, a representative reads only the ones represented.</summary>
    public async Task<IReadOnlyDictionary<string, Organisation>> ReadAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        if (names.Count == 0)
        {
            return new Dictionary<string, Organisation>();
        }

        if (!call.RequiredCaller.SeesMunicipality)
        {
            var own = await Task.WhenAll(names.Where(name => call.RequiredCaller.Represents(name))
                .Select(name => organisations.GetOrganisationAsync(new GetOrganisationRequest { Name = name }, cancellationToken: cancellation).ResponseAsync));
            return own.ToDictionary(organisation => organisation.Name);
        }

        var request = new BatchGetOrganisationsRequest { Parent = ResourceName.OfMunicipality(tenant.Required), Names = { names } };
        var batch = await organisations.BatchGetOrganisationsAsync(request, cancellationToken: cancellation);
        return batch.Organisations.ToDictionary(organisation => organisation.Name);
    }

    /// <summary>Lets through organisations that may be parties.</summary>
    /// <exception cref="Refusal"><c>ORGANISATION_NOT_ELIGIBLE</c>.</exception>
    public static void MustBeEligible(IEnumerable<Organisation> organisations)
    {
        foreach (var organisation in organisations.Where(organisation => organisation.PartyEligibility != PartyEligibility.Eligible))
        {
            throw Refusal.Precondition("ORGANISATION_NOT_ELIGIBLE", organisation.Name, ("eligibility", Codes.Of(organisation.PartyEligibility)));
        }
    }

    /// <summary>What evaluations under some packs need to know of the organisations; their documents only if a pack asks.</summary>
    public async Task<IReadOnlyDictionary<string, RegisteredOrganisation>> FactsAsync(
        IReadOnlyList<string> names, IReadOnlyList<GuidelinePack> packs, CancellationToken cancellation, bool withDocuments = false)
    {
        var read = await ReadAsync(names, cancellation);
        var asksDocuments = withDocuments || packs.Any(pack => pack.Criteria.Any(criterion => criterion.Measure.By == MeasureKind.Documents));

        // An organisation is checked under the guidelines of the municipality whose register it stands in.
        var own = packs.Where(pack => pack.Municipality == tenant.Required && pack.Vetting.Count > 0).ToList();
        var facts = new Dictionary<string, RegisteredOrganisation>();
        foreach (var organisation in read.Values)
        {
            var papers = asksDocuments ? await DocumentsAsync(organisation.Name, cancellation) : new DocumentsRead([], null, null);
            var (checks, remarks) = (new List<RegisteredVetting>(), new List<string>());
            foreach (var pack in own)
            {
                var (vetted, remarked) = await VettingAsync(organisation.Name, pack, cancellation);
                checks.AddRange(vetted);
                remarks.AddRange(remarked);
            }

            foreach (var pack in asksDocuments ? packs.Where(pack => pack.Municipality == tenant.Required && pack.Documents.Count > 0) : [])
            {
                await HoldToRequirementsAsync(papers.Found, organisation.Name, pack, cancellation);
            }

            facts.Add(organisation.Name, FactsOf(organisation, papers.Found) with
            {
                Asked = papers.Asked,
                Received = papers.Received,
                Vetting = [.. checks.Distinct()],
                Remarks = [.. remarks.Distinct()],
                Funding = await FundingAsync(organisation.Name, cancellation),
            });
        }

        return facts;
    }

    /// <summary>The facts of an organisation, without its documents.</summary>
    public static RegisteredOrganisation FactsOf(Organisation organisation, IReadOnlyDictionary<string, DocumentStatus> documents)
    {
        var aspects = new Dictionary<OrganisationAspect, bool>();
        if (organisation.HasDistributesProfit)
        {
            aspects[OrganisationAspect.NoProfitDistribution] = !organisation.DistributesProfit;
        }

        if (organisation.HasDemocraticallyGoverned)
        {
            aspects[OrganisationAspect.Democratic] = organisation.DemocraticallyGoverned;
        }

        if (organisation.HasPubliclyControlled)
        {
            aspects[OrganisationAspect.IndependentOfPublicSector] = !organisation.PubliclyControlled;
        }

        if (organisation.Purpose != OrganisationPurpose.Unspecified)
        {
            aspects[OrganisationAspect.BenefitPurpose] = true;
        }

        // False is the register's default and may only mean that nobody has said; a person can then answer.
        if (organisation.ActiveInMunicipality)
        {
            aspects[OrganisationAspect.ActiveInMunicipality] = true;
        }

        var group = organisation.OrganisationNumber is [>= '0' and <= '9' and var digit, ..] ? digit - '0' : (int?)null;
        return new RegisteredOrganisation(organisation.DisplayName, group, aspects, documents)
        {
            Act = organisation.ActRegistration?.Status switch
            {
                ActRegistration.Types.Status.Registered => ActStatus.Registered,
                ActRegistration.Types.Status.NotRegistered => ActStatus.NotRegistered,
                ActRegistration.Types.Status.Deregistered => ActStatus.Deregistered,
                _ => ActStatus.Unknown,
            },
            ActDate = organisation.ActRegistration?.StatusDate?.ToDateOnly(),
            FoundedDate = organisation.FoundedDate?.ToDateOnly(),
            HasLocalActivity = organisation.LocalActivity.Length > 0,
            Relations = RegisterMapping.RelationsOf(organisation),
        };
    }

    private async Task<(IReadOnlyList<RegisteredVetting> Vetted, IEnumerable<string> Remarks)> VettingAsync(string organisation, GuidelinePack pack, CancellationToken cancellation)
    {
        var request = new EvaluateVettingRequest { Name = organisation, GuidelinePack = GuidelineVersion.NameOf(pack.Municipality, pack.Version) };
        var found = await vetting.EvaluateVettingAsync(request, cancellationToken: cancellation);
        return (
        [
            .. found.Sets.SelectMany(set => set.Conditions, (set, condition) => (set.SetKey, condition))
                .Where(pair => Statuses.ContainsKey(pair.condition.Status))
                .Select(pair => new RegisteredVetting(pair.SetKey, pair.condition.ConditionKey, Statuses[pair.condition.Status])),
        ], found.Remarks.Select(remark => remark.Explanation.Sv));
    }

    // What a guideline asks for stands as the register says: of a kind the latest counts, and a number can stand for a paper.
    private async Task HoldToRequirementsAsync(Dictionary<string, DocumentStatus> found, string organisation, GuidelinePack pack, CancellationToken cancellation)
    {
        var request = new ListDocumentRequirementsRequest { Parent = organisation, GuidelinePack = GuidelineVersion.NameOf(pack.Municipality, pack.Version), PageSize = PageSize };
        var asked = await requirements.ListDocumentRequirementsAsync(request, cancellationToken: cancellation);
        foreach (var requirement in asked.Requirements.Where(requirement => Standings.ContainsKey(requirement.Status)))
        {
            found[Codes.KeyOf(requirement.Kind)] = Standings[requirement.Status];
        }
    }

    private static readonly Dictionary<DocumentRequirementStatus.Types.Status, DocumentStatus> Standings = new()
    {
        [DocumentRequirementStatus.Types.Status.Received] = DocumentStatus.Received,
        [DocumentRequirementStatus.Types.Status.Accepted] = DocumentStatus.Received,
        [DocumentRequirementStatus.Types.Status.DeclaredNonexistent] = DocumentStatus.DeclaredNonExistent,
        [DocumentRequirementStatus.Types.Status.Returned] = DocumentStatus.Requested,
        [DocumentRequirementStatus.Types.Status.Stale] = DocumentStatus.Requested,
    };

    private static readonly Dictionary<ConditionStatus, VettingStatus> Statuses = new()
    {
        [ConditionStatus.Declared] = VettingStatus.Declared,
        [ConditionStatus.Verified] = VettingStatus.Verified,
        [ConditionStatus.Failed] = VettingStatus.Failed,

        // The municipality has looked into it and decided that the ground does not stand in the way.
        [ConditionStatus.Excepted] = VettingStatus.Verified,
    };

    /// <summary>How the documents stand, what has been asked for, and when the latest of each kind came; null where not read.</summary>
    private sealed record DocumentsRead(Dictionary<string, DocumentStatus> Found, IReadOnlyList<RegisteredRequest>? Asked, IReadOnlyDictionary<string, DateOnly>? Received);

    private async Task<DocumentsRead> DocumentsAsync(string organisation, CancellationToken cancellation)
    {
        var found = new Dictionary<string, DocumentStatus>();
        var received = new Dictionary<string, DateTimeOffset>();
        var request = new ListDocumentsRequest { Parent = organisation, PageSize = PageSize };
        do
        {
            var page = await documents.ListDocumentsAsync(request, cancellationToken: cancellation);
            foreach (var document in page.Documents)
            {
                var type = Codes.KeyOf(document.Kind);

                // Of several of a kind, the one that says most stands.
                var status = StatusOf(document);
                found[type] = found.TryGetValue(type, out var other) && other < status ? other : status;
                var time = document.ReceiveTime?.ToDateTimeOffset() ?? default;
                received[type] = received.TryGetValue(type, out var before) && before > time ? before : time;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return new DocumentsRead(found, await AskedAsync(organisation, received, cancellation), received.ToDictionary(pair => pair.Key, pair => pair.Value.DayInSweden()));
    }

    private async Task<IReadOnlyList<RegisteredRequest>> AskedAsync(
        string organisation, Dictionary<string, DateTimeOffset> received, CancellationToken cancellation)
    {
        var asked = new List<RegisteredRequest>();
        var request = new ListDocumentRemindersRequest { Parent = organisation, PageSize = PageSize };
        do
        {
            var page = await requirements.ListDocumentRemindersAsync(request, cancellationToken: cancellation);
            asked.AddRange(page.DocumentReminders.Select(reminder =>
            {
                var (type, time) = (Codes.KeyOf(reminder.Kind), reminder.CreateTime.ToDateTimeOffset());
                var isOpen = !received.TryGetValue(type, out var latest) || time > latest;
                return new RegisteredRequest(type, reminder.DueDate?.ToDateOnly(), time.DayInSweden(), reminder.FinancialYear, reminder.Message, isOpen);
            }));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return asked;
    }

    private static DocumentStatus StatusOf(Document document) => document.State switch
    {
        Document.Types.State.DeclaredNonexistent => DocumentStatus.DeclaredNonExistent,
        Document.Types.State.Returned => DocumentStatus.Requested,

        // Of last year, and so still to be asked for.
        _ when document.Stale => DocumentStatus.Requested,
        _ => DocumentStatus.Received,
    };
}
