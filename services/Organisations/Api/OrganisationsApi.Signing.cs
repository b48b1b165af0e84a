using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using SigningAuthority = Iop.Organisations.Domain.SigningAuthority;
using SigningStanding = Iop.Organisations.Domain.SigningStanding;

namespace Iop.Organisations.Api;

/// <summary>Who signs for the organisations.</summary>
public sealed partial class OrganisationsApi
{
    private const int ReasonLength = 500;

    [Access(Roles.CaseOfficer, Roles.Integration, Roles.OrganisationRepresentative)]
    public override async Task<V1.SigningAuthority> CreateSigningAuthority(CreateSigningAuthorityRequest request, ServerCallContext context)
    {
        var organisation = await OpenAsync(request.Parent, "parent", context.CancellationToken);
        var faults = new Faults();
        var terms = SigningReading.Read(request.SigningAuthority ?? new V1.SigningAuthority(), organisation, signing.Value.GraceDays, faults);
        faults.ThrowIfAny();
        await RequireEvidenceAsync(organisation, terms.EvidenceDocuments, context.CancellationToken);

        var authority = new SigningAuthority(organisation, terms);
        db.Add(authority);
        db.AddRange(SigningNotice.For(authority, signing.Value.ReminderDays, time.Today()));
        return await SaveAsync(authority, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.SigningAuthority> GetSigningAuthority(GetSigningAuthorityRequest request, ServerCallContext context)
    {
        var authority = await LoadAuthorityAsync(request.Name, context.CancellationToken);
        return await WithBoardListAsync(authority, authority.ToProto(time.Today(), await EvidenceOfAsync(authority, context.CancellationToken)), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListSigningAuthoritiesResponse> ListSigningAuthorities(ListSigningAuthoritiesRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListSigningAuthorities), request.Parent);
        var query = db.SigningAuthorities.AsNoTracking().Where(a => a.Organisation == key);
        var (authorities, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        var today = time.Today();
        var documents = await EvidenceAsync(authorities, context.CancellationToken);
        var board = (await standing.BoardListsAsync([key], context.CancellationToken))[key];
        return new ListSigningAuthoritiesResponse
        {
            SigningAuthorities = { authorities.Select(a => a.ToProto(today, documents.Of(a)).With(board, a, today)) },
            NextPageToken = next,
        };
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.SigningAuthority> EndSigningAuthority(EndSigningAuthorityRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);
        faults.ThrowIfAny();
        var authority = await LoadAuthorityAsync(request.Name, context.CancellationToken);
        authority.MustMatch(request.Etag);

        authority.End(time.GetUtcNow(), time.Today());
        return await SaveAsync(authority, reason, context.CancellationToken);
    }

    private async Task<SigningAuthority> LoadAuthorityAsync(string name, CancellationToken cancellation)
    {
        var (key, id) = await door.ChildOfAsync(name, OrganisationName.SigningAuthorities, cancellation);
        return await db.SigningAuthorities.FirstOrDefaultAsync(a => a.Id == id && a.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("SIGNING_AUTHORITY_NOT_FOUND", name);
    }

    private async Task RequireEvidenceAsync(Domain.Organisation organisation, IReadOnlyList<Guid> documents, CancellationToken cancellation)
    {
        var found = await db.Documents.AsNoTracking().Where(d => d.Organisation == organisation.Key && documents.Contains(d.Id))
            .Select(d => new { d.Id, d.Kind, d.State }).ToDictionaryAsync(d => d.Id, cancellation);
        var faults = new Faults();
        for (var i = 0; i < documents.Count; i++)
        {
            var name = OrganisationName.OfChild(organisation.Municipality, organisation.Key, OrganisationName.Documents, documents[i]);
            var document = found.GetValueOrDefault(documents[i]) ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name);
            faults.Require(SigningEvidence.Takes(document.Kind), $"signing_authority.evidence_documents[{i}]", "DOCUMENT_KIND_NOT_ALLOWED");
            if (document.State == DocumentState.Returned)
            {
                throw Refusal.State(
                    "DOCUMENT_STATE_NOT_ALLOWED", name, document.State.ToUpperSnake(),
                    DocumentState.Received.ToUpperSnake(), DocumentState.Accepted.ToUpperSnake(), DocumentState.DeclaredNonexistent.ToUpperSnake());
            }
        }

        faults.ThrowIfAny();
    }

    private async Task<ReadEvidence> EvidenceAsync(IEnumerable<SigningAuthority> authorities, CancellationToken cancellation)
    {
        var ids = authorities.SelectMany(authority => authority.EvidenceDocuments).Distinct().ToList();
        if (ids.Count == 0)
        {
            return new ReadEvidence([], []);
        }

        var found = await db.Documents.AsNoTracking().Where(d => ids.Contains(d.Id))
            .Join(db.Organisations, d => d.Organisation, o => o.Key, (d, o) => new { d.Id, d.Kind, d.State, d.VersionNumber, d.FinancialYear, d.ReceivedTime, o.Key, o.Facts })
            .ToListAsync(cancellation);
        return new ReadEvidence(
            found.ToDictionary(d => d.Id, d => new EvidenceDocument(d.Id, d.Kind, d.State, d.VersionNumber, d.FinancialYear, d.ReceivedTime.DayInSweden())),
            found.DistinctBy(d => d.Key).ToDictionary(d => d.Key, d => new AnnualCycle(d.Facts.NextAnnualMeetingDate)));
    }

    private async Task<SigningEvidence> EvidenceOfAsync(SigningAuthority authority, CancellationToken cancellation) =>
        (await EvidenceAsync([authority], cancellation)).Of(authority);

    private sealed record ReadEvidence(Dictionary<Guid, EvidenceDocument> Documents, Dictionary<string, AnnualCycle> Cycles)
    {
        public SigningEvidence Of(SigningAuthority authority) => SigningEvidence.Of(
            authority.EvidenceDocuments.Where(Documents.ContainsKey).Select(id => Documents[id]), Cycles.GetValueOrDefault(authority.Organisation), authority.ValidFrom);
    }

    /// <summary>Whether somebody can sign for each of the organisations today.</summary>
    private async Task<Dictionary<string, SigningStanding>> StandingsAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var authorities = await db.SigningAuthorities.AsNoTracking().Where(a => keys.Contains(a.Organisation)).ToListAsync(cancellation);
        var (today, documents) = (time.Today(), await EvidenceAsync(authorities, cancellation));
        var byOrganisation = authorities.ToLookup(authority => authority.Organisation);
        return keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => StandingOf([.. byOrganisation[key]], today, documents));
    }

    private static SigningStanding StandingOf(IReadOnlyList<SigningAuthority> authorities, DateOnly today, ReadEvidence documents)
    {
        var current = authorities.Where(authority => authority.StateOn(today) == SigningAuthorityState.Current).ToList();
        return current.Exists(authority => documents.Of(authority).Complete) ? SigningStanding.Complete
            : current.Count > 0 ? SigningStanding.Incomplete
            : authorities.Count > 0 ? SigningStanding.Lapsed
            : SigningStanding.None;
    }

    private async Task<V1.SigningAuthority> SaveAsync(SigningAuthority authority, string reason, CancellationToken cancellation)
    {
        var (today, evidence) = (time.Today(), await EvidenceOfAsync(authority, cancellation));
        db.Record(authority, () => authority.ToProto(today, evidence), reason, door.ActingFor(authority.Organisation));
        await db.SaveChangesAsync(cancellation);
        return await WithBoardListAsync(authority, authority.ToProto(today, evidence), cancellation);
    }

    private async Task<V1.SigningAuthority> WithBoardListAsync(SigningAuthority authority, V1.SigningAuthority described, CancellationToken cancellation) =>
        described.With((await standing.BoardListsAsync([authority.Organisation], cancellation))[authority.Organisation], authority, time.Today());
}
