using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Types.V1;
using Microsoft.EntityFrameworkCore;
using ContributionEntry = Iop.FollowUp.Domain.ContributionEntry;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxContributionLength = 1_000;

    private static readonly PartKind<ContributionEntry, V1.ContributionEntry> ContributionKind =
        new(ContributionEntry.Collection, "CONTRIBUTION_NOT_FOUND", e => e.Id, (entry, _) => entry.ToProto());

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.ContributionEntry> GetContributionEntry(GetContributionEntryRequest request, ServerCallContext context) =>
        parts.GetAsync(ContributionKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListContributionEntriesResponse> ListContributionEntries(ListContributionEntriesRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(ContributionKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListContributionEntriesResponse { ContributionEntries = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.ContributionEntry> RecordContribution(RecordContributionRequest request, ServerCallContext context) =>
        parts.AddAsync(
            ContributionKind, request.Parent, by => new ContributionEntry(by.Plan, ReadReceipt(request.ContributionEntry, by, request.NamesNobodyHelped), by.Side), context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.ContributionEntry> VoidContribution(VoidContributionRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ContributionKind, request.Name, request.Etag, (entry, by) =>
        {
            var reason = ReadOfPeople("reason", request.Reason, MaxCommentLength, request.NamesNobodyHelped);
            entry.Void(reason, by.Side);
            return reason;
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<GetContributionSummaryResponse> GetContributionSummary(GetContributionSummaryRequest request, ServerCallContext context)
    {
        var plan = await desk.MustSeeAsync(request.Name, "name", context.CancellationToken);
        var received = await db.ContributionEntries
            .Where(e => e.PlanId == plan.Id && e.State == ContributionState.Recorded)
            .GroupBy(e => new { e.PartyId, e.Side, e.Type })
            .Select(g => new { g.Key.PartyId, g.Key.Side, g.Key.Type, Value = g.Sum(e => e.Value), Hours = g.Sum(e => (long)e.Hours) })
            .ToListAsync(context.CancellationToken);
        var balances = ContributionBalances.Of(plan.Promises, [.. received.Select(r => new Promise(r.PartyId, r.Side, r.Type, r.Value, r.Hours))]);
        return new GetContributionSummaryResponse
        {
            Balances = { balances.Select(b => b.ToProto()) },
            CivilSocietySharePromised = ContributionBalances.ShareOf(Side.CivilSociety, balances, b => b.PromisedValue),
            CivilSocietyShareReceived = ContributionBalances.ShareOf(Side.CivilSociety, balances, b => b.ReceivedValue),
        };
    }

    private Receipt ReadReceipt(V1.ContributionEntry? sent, Participation by, bool hasLooked)
    {
        var (faults, entry) = (new Faults(), sent ?? new V1.ContributionEntry());
        var type = faults.Choice("contribution_entry.type", entry.Type);
        MustBePartyOf(faults, entry.PartyId, by);
        var description = faults.Text("contribution_entry.description", entry.Description, MaxContributionLength);
        MustNameNobodyHelped(faults, hasLooked, ("contribution_entry.description", description));
        var start = faults.Date("contribution_entry.period_start_date", entry.PeriodStartDate, required: true);
        var end = faults.Date("contribution_entry.period_end_date", entry.PeriodEndDate, required: true);
        faults.Require(start is null || end is null || start <= end, "contribution_entry.period_end_date", "DATE_ORDER", ("after", $"{start:yyyy-MM-dd}"));
        faults.Require(end is null || end <= Today, "contribution_entry.period_end_date", "DATE_IN_FUTURE");
        MustBeWithinTerm(faults, by.Plan, "contribution_entry.period_start_date", start);
        MustBeWithinTerm(faults, by.Plan, "contribution_entry.period_end_date", end);
        var inHours = type == ContributionType.VolunteerHours;
        var value = faults.Money("contribution_entry.value", entry.Value, required: !inHours);
        var hours = faults.Number("contribution_entry.hours", entry.Hours, inHours ? 1 : 0, inHours || type == ContributionType.Staff ? Faults.LargestHours : 0);
        faults.ThrowIfAny();
        return new Receipt(entry.PartyId, type.Code(), description, start!.Value, end!.Value, value, hours);
    }

    // A party of the caller's own side, where the plan knows who has promised anything.
    private static void MustBePartyOf(Faults faults, string partyId, Participation by)
    {
        faults.Require(PartyId().IsMatch(partyId), "contribution_entry.party_id", "PARTY_NOT_IN_AGREEMENT");
        var promises = by.Plan.Promises;
        faults.Require(
            promises.Count == 0 || promises.Any(p => p.PartyId == partyId && p.Side == by.Side), "contribution_entry.party_id", "PARTY_NOT_IN_AGREEMENT");
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartyId();
}
