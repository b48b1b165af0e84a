using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Reading: one agreement, lists, and the check. What changes an agreement stands in the other parts.</summary>
public sealed partial class AgreementsApi(
    AgreementsDb db, TenantScope tenant, TimeProvider time, AgreementDesk desk, PackShelf packs, Neighbours neighbours, AgreementFiles files,
    AgreementLives life, SigningProviders providers, AgreementWriter writer, BodyNames bodies, FindingTexts findingTexts, Originals originals,
    ExportTexts exportTexts, Guest guest, Guests guests, OwnCases ownCases, SharedDrafts drafts, AidRoom aidRoom, CommitteeWall committees,
    DocumentSight sight, OwnMarks marks)
    : V1.AgreementsService.AgreementsServiceBase
{
    private static readonly Dictionary<string, string[]> Filters = new() { ["case"] = ["="], ["state"] = ["="] };

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Agreement> GetAgreement(V1.GetAgreementRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Name, context.CancellationToken);
        var message = agreement.ToProto(request.View);
        return request.View == V1.AgreementView.Full ? message.WithValidity(agreement, time.Today()) : message;
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementsResponse> ListAgreements(V1.ListAgreementsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreements), request.Parent, request.Filter);
        var (actor, cancellation) = (desk.ActorBy(AgreementDesk.Readers), context.CancellationToken);
        var query = Filtered(Visible(actor), request.Filter).Select(AgreementSummary.Projection);
        var (items, next) = await page.FetchAsync(
            async (before, count) =>
            {
                var own = await query.Where(agreement => before == null || agreement.Id < before).OrderByDescending(agreement => agreement.Id).Take(count).ToListAsync(cancellation);
                var shared = actor.IsPublic ? await SharedAsync(request.Filter, before, count, cancellation) : [];
                return own.Select(summary => (summary.Id, Message: summary.ToProto())).Concat(shared.Select(message => (IdOf(message), Message: message)))
                    .OrderByDescending(item => item.Item1).Take(count).ToList();
            },
            item => item.Item1);
        return new V1.ListAgreementsResponse { Agreements = { items.Select(item => item.Message) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.CheckAgreementResponse> CheckAgreement(V1.CheckAgreementRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Name, context.CancellationToken);
        IReadOnlyList<Finding> findings = [.. await aidRoom.FindingsAsync(agreement, context.CancellationToken), .. await FindingsAsync(agreement, context.CancellationToken)];
        return new V1.CheckAgreementResponse
        {
            Findings = { findings.Select(finding => finding.ToProto(findingTexts)) },
            TextHash = agreement.TextHash,
            ContributionSums = { ContributionSum.Of(agreement.Terms).Select(PartnershipMapping.ToProto) },
        };
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(Agreement agreement, CancellationToken cancellation) =>
        JointCheck.Run(agreement, await packs.BindingAsync(agreement, cancellation), writer.Phrases);

    // The list's form of Agreement.IsVisibleTo.
    private IQueryable<Agreement> Visible(Actor actor)
    {
        var (isPublic, mine) = (actor.IsPublic, actor.Organisations.ToList());
        return committees.Seen(db.Agreements.AsNoTracking()).Where(agreement =>
            (isPublic && (agreement.State != AgreementState.Drafting || agreement.DraftingSide == PartySide.Public))
            || (agreement.Organisations.Any(organisation => mine.Contains(organisation))
                && (agreement.State != AgreementState.Drafting || agreement.DraftingSide == PartySide.CivilSociety)));
    }

    private static IQueryable<Agreement> Filtered(IQueryable<Agreement> query, string filter)
    {
        foreach (var (field, _, value) in Filter.Parse(filter, Filters))
        {
            if (field == "case")
            {
                query = query.Where(agreement => agreement.CaseName == value);
                continue;
            }

            var state = StateNamed<AgreementState>(value);
            query = query.Where(agreement => agreement.State == state);
        }

        return query;
    }

    private Guid IdOf(V1.Agreement agreement) => ResourceName.IdIn(agreement.Name, Agreement.Collection, tenant.Required);
}
