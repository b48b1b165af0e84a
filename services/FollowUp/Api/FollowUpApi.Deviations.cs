using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Deviation = Iop.FollowUp.Domain.Deviation;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxDeviationLength = 5_000;

    private static readonly PartKind<Deviation, V1.Deviation> DeviationKind =
        new(Deviation.Collection, "DEVIATION_NOT_FOUND", d => d.DueKey, (deviation, view) => deviation.ToProto(view.Day));

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.Deviation> GetDeviation(GetDeviationRequest request, ServerCallContext context) =>
        parts.GetAsync(DeviationKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDeviationsResponse> ListDeviations(ListDeviationsRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(DeviationKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListDeviationsResponse { Deviations = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Deviation> RecordDeviation(RecordDeviationRequest request, ServerCallContext context) =>
        parts.AddAsync(DeviationKind, request.Parent, by =>
        {
            var deviation = new Deviation(by.Plan, ReadObservation(request.Deviation, by.Plan, request.NamesNobodyHelped), by.Side);
            db.Raise(deviation, new DeviationRecorded
            {
                Agreement = by.Plan.Agreement,
                Type = deviation.Type.Code(),
                RecordedBy = by.Side.Code(),
            });
            return deviation;
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Deviation> AddDeviationStep(AddDeviationStepRequest request, ServerCallContext context) =>
        parts.ChangeAsync(DeviationKind, request.Name, request.Etag, (deviation, by) =>
        {
            deviation.Add(ReadOfPeople("description", request.Description, MaxCommentLength, request.NamesNobodyHelped), by.Side, time.Now());
            return "";
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Deviation> ResolveDeviation(ResolveDeviationRequest request, ServerCallContext context) =>
        parts.ChangeAsync(DeviationKind, request.Name, request.Etag, (deviation, by) =>
        {
            deviation.Resolve(ReadOfPeople("resolution", request.Resolution, MaxDeviationLength, request.NamesNobodyHelped), by.Side, time.Now());
            return "";
        }, context.CancellationToken);

    private Observation ReadObservation(V1.Deviation? deviation, Domain.Plan plan, bool hasLooked)
    {
        var faults = new Faults();
        faults.Require(deviation is not null, "deviation", "FIELD_REQUIRED");
        var type = faults.Choice("deviation.type", deviation?.Type ?? default);
        var description = faults.Text("deviation.description", deviation?.Description ?? "", MaxDeviationLength, required: true);
        MustNameNobodyHelped(faults, hasLooked, ("deviation.description", description));
        var noticed = faults.Date("deviation.noticed_date", deviation?.NoticedDate, required: true);
        faults.Require(noticed is null || noticed <= Today, "deviation.noticed_date", "DATE_IN_FUTURE");
        var due = faults.Date("deviation.due_date", deviation?.DueDate);
        faults.Require(due is null || due >= Today, "deviation.due_date", "DATE_IN_PAST");
        MustBeDoneInTime(faults, plan, "deviation.due_date", due);
        faults.ThrowIfAny();
        return new Observation((DeviationType)type, description, noticed!.Value, due ?? Today.AddMonths(Deviation.MonthsToHandle));
    }
}
