using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Grpc.Core;
using Iop.Agreements.Data;
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
        var row = await HistoryOf(agreement).FirstOrDefaultAsync(row => row.Number == number, context.CancellationToken)
            ?? throw Refusal.NotFound("REVISION_NOT_FOUND", request.Name);
        var snapshot = await db.Set<Revision>()
            .Where(revision => revision.Subject == agreementName && revision.Number == number)
            .Select(revision => revision.Snapshot)
            .FirstAsync(context.CancellationToken);
        var message = ToProto(row, agreementName);
        message.Snapshot = V1.Agreement.Parser.ParseFrom(snapshot);
        return message;
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementRevisionsResponse> ListAgreementRevisions(V1.ListAgreementRevisionsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreementRevisions), request.Parent);
        var (rows, next) = await page.FetchAsync(HistoryOf(agreement), row => row.Id, context.CancellationToken);
        return new V1.ListAgreementRevisionsResponse { AgreementRevisions = { rows.Select(row => ToProto(row, agreement.Name)) }, NextPageToken = next };
    }

    private IQueryable<HistoryRow> HistoryOf(Agreement agreement)
    {
        var (id, name) = (agreement.Id, agreement.Name);
        var side = desk.ActorBy(AgreementDesk.Readers).SideIn(agreement.Terms.Parties);
        var from = side == agreement.DraftingSide ? DateTimeOffset.MinValue : agreement.ShareTime ?? DateTimeOffset.MaxValue;
        return db.RevisionActors.AsNoTracking().Where(actor => actor.Agreement == id).Join(
            db.Set<Revision>().AsNoTracking().Where(revision => revision.Subject == name && revision.CreateTime >= from),
            actor => actor.Number,
            revision => revision.Number,
            (actor, revision) => new HistoryRow
            {
                Id = actor.Id,
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

    private static V1.AgreementRevision ToProto(HistoryRow row, string agreementName) => new()
    {
        Name = $"{agreementName}{Revisions}{row.Number}",
        RevisionNumber = row.Number,
        Action = JsonNamingPolicy.SnakeCaseUpper.ConvertName(row.Action[(row.Action.IndexOf('/', StringComparison.Ordinal) + 1)..]),
        Actor = row.Actor,
        OnBehalfOf = row.OnBehalfOf,
        Reason = row.Reason,
        CreateTime = row.CreateTime.ToProto(),
    };

    private sealed record HistoryRow
    {
        public required Guid Id { get; init; }

        public required int Number { get; init; }

        public required string Actor { get; init; }

        public required string OnBehalfOf { get; init; }

        public required string Action { get; init; }

        public required string Reason { get; init; }

        public required DateTimeOffset CreateTime { get; init; }
    }
}
