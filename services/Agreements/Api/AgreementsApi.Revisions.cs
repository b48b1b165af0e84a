using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>The history that both sides read. What a side wrote before it shared its draft stays with that side.</summary>
public sealed partial class AgreementsApi
{
    private const string Revisions = "/revisions/";

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.AgreementRevision> GetAgreementRevision(V1.GetAgreementRevisionRequest request, ServerCallContext context)
    {
        var (agreementName, number) = NumberedIn(request.Name, Revisions);
        var agreement = await desk.ReadAsync(agreementName, context.CancellationToken);
        return await RevisionAsync(agreement, number, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.CompareRevisionsResponse> CompareRevisions(V1.CompareRevisionsRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Number("from_revision", request.FromRevision, 1, int.MaxValue);
        faults.Number("to_revision", request.ToRevision, 1, int.MaxValue);
        faults.ThrowIfAny();
        var agreement = await desk.ReadAsync(request.Name, context.CancellationToken);
        var before = (await RevisionAsync(agreement, request.FromRevision, context.CancellationToken)).Snapshot;
        var after = (await RevisionAsync(agreement, request.ToRevision, context.CancellationToken)).Snapshot;
        return new V1.CompareRevisionsResponse
        {
            Sections = { SectionComparison.Of(before.Sections, after.Sections) },
            Terms = { TermComparison.Of(before, after) },
            FromTextHash = before.TextHash,
            ToTextHash = after.TextHash,
        };
    }

    private async Task<V1.AgreementRevision> RevisionAsync(Agreement agreement, int number, CancellationToken cancellation)
    {
        var row = await HistoryOf(agreement).FirstOrDefaultAsync(row => row.Number == number, cancellation)
            ?? throw Refusal.NotFound("REVISION_NOT_FOUND", $"{agreement.Name}{Revisions}{number}");
        var name = agreement.Name;
        var snapshot = await db.Set<Revision>()
            .Where(revision => revision.Subject == name && revision.Number == number)
            .Select(revision => revision.Snapshot)
            .FirstAsync(cancellation);
        var message = ToProto(row, agreement.Name);
        message.Snapshot = V1.Agreement.Parser.ParseFrom(snapshot);
        return message;
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementRevisionsResponse> ListAgreementRevisions(V1.ListAgreementRevisionsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreementRevisions), request.Parent);
        var (rows, next) = await page.FetchByNumberAsync(HistoryOf(agreement), row => row.Number, context.CancellationToken);
        return new V1.ListAgreementRevisionsResponse { AgreementRevisions = { rows.Select(row => ToProto(row, agreement.Name)) }, NextPageToken = next };
    }

    private IQueryable<HistoryRow> HistoryOf(Agreement agreement)
    {
        var (id, name) = (agreement.Id, agreement.Name);
        var from = desk.SeenFrom(agreement);
        return db.RevisionActors.AsNoTracking().Where(actor => actor.Agreement == id).Join(
            db.Set<Revision>().AsNoTracking().Where(revision => revision.Subject == name && revision.CreateTime >= from),
            actor => actor.Number,
            revision => revision.Number,
            (actor, revision) => new HistoryRow
            {
                Number = actor.Number,
                Actor = actor.DisplayName,
                OnBehalfOf = revision.OnBehalfOf,
                Action = revision.Action,
                Reason = revision.Reason,
                CreateTime = revision.CreateTime,
            });
    }

    private (string Agreement, int Number) NumberedIn(string name, string collection)
    {
        var at = name.LastIndexOf(collection, StringComparison.Ordinal);
        var written = at < 0 ? "" : name[(at + collection.Length)..];
        return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && $"{number}" == written
            ? (name[..at], number)
            : throw Refusal.Input(new FieldFault("name", "RESOURCE_NAME_INVALID", ("pattern", $"municipalities/{tenant.Required}/agreements/{{id}}{collection}{{number}}")));
    }

    /// <summary>The name of a call as a code: GIVE_NOTICE.</summary>
    internal static string ActionOf(string call) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(call[(call.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    private static V1.AgreementRevision ToProto(HistoryRow row, string agreementName) => new()
    {
        Name = $"{agreementName}{Revisions}{row.Number}",
        RevisionNumber = row.Number,
        Action = ActionOf(row.Action),
        Actor = row.Actor,
        PartyId = row.OnBehalfOf,
        Reason = row.Reason,
        CreateTime = row.CreateTime.ToProto(),
    };

    private sealed record HistoryRow
    {
        public required int Number { get; init; }

        public required string Actor { get; init; }

        public required string OnBehalfOf { get; init; }

        public required string Action { get; init; }

        public required string Reason { get; init; }

        public required DateTimeOffset CreateTime { get; init; }
    }
}
