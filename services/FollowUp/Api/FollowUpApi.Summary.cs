using Grpc.Core;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.Integration, Roles.Auditor)]
    public override async Task<GetMunicipalitySummaryResponse> GetMunicipalitySummary(GetMunicipalitySummaryRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var rows = await db.Database.SqlQuery<SummaryRow>(SummaryQuery.For(tenant.Required, Today, desk.Sight)).ToListAsync(context.CancellationToken);
        var answer = new GetMunicipalitySummaryResponse
        {
            PartnershipCount = rows.Where(r => r.Section == "state").Sum(r => r.Count),
            States = { Counts(rows, "state", Spelt<PlanState>) },
            Domains = { Counts(rows, "domain", code => code) },
            Committees = { Counts(rows, "committee", code => code) },
            Challenges = { Counts(rows, "challenge", code => code) },
            TargetGroups = { Counts(rows, "target", code => code) },
            IndicatorOutcomes = { Counts(rows, "indicator", Spelt<IndicatorOutcome>) },
            Verdicts = { Counts(rows, "verdict", Spelt<Verdict>) },
            OverdueCount = rows.Where(r => r.Section == "overdue").Sum(r => r.Count),
            EndingWithinYearCount = rows.Where(r => r.Section == "ending").Sum(r => r.Count),
        };
        var contributed = rows.Where(r => r.Section is "promised" or "received").ToList();
        (answer.PublicSide, answer.CivilSociety) = SidesIn(contributed);
        foreach (var year in contributed.GroupBy(r => r.Year).OrderBy(g => g.Key))
        {
            var (ours, theirs) = SidesIn([.. year]);
            answer.Years.Add(new YearOfContributions { Year = year.Key, PublicSide = ours, CivilSociety = theirs });
        }

        return answer;
    }

    private static IEnumerable<CountByCode> Counts(IEnumerable<SummaryRow> rows, string section, Func<string, string> spelt) =>
        rows.Where(r => r.Section == section).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new CountByCode { Code = spelt(r.Key), Count = r.Count });

    private static string Spelt<T>(string stored)
        where T : struct, Enum =>
        Enum.Parse<T>(stored).Code();

    private static (SideOfContributions Public, SideOfContributions CivilSociety) SidesIn(IReadOnlyList<SummaryRow> rows) =>
        (SideIn(rows, Side.Public), SideIn(rows, Side.CivilSociety));

    private static SideOfContributions SideIn(IReadOnlyList<SummaryRow> rows, Side side)
    {
        var promised = rows.Where(r => r.Section == "promised").ToLookup(r => r.Key == side.ToString());
        var received = rows.Where(r => r.Section == "received").ToLookup(r => r.Key == side.ToString());
        return new SideOfContributions
        {
            PromisedMoney = promised[true].Sum(r => r.Money).ToProto(),
            PromisedInKind = promised[true].Sum(r => r.InKind).ToProto(),
            PromisedHours = promised[true].Sum(r => r.Hours),
            PromisedShare = ShareOf(promised),
            ReceivedMoney = received[true].Sum(r => r.Money).ToProto(),
            ReceivedInKind = received[true].Sum(r => r.InKind).ToProto(),
            ReceivedHours = received[true].Sum(r => r.Hours),
            ReceivedShare = ShareOf(received),
        };
    }

    private static double ShareOf(ILookup<bool, SummaryRow> sides) =>
        ContributionBalances.Share(sides[true].Sum(r => r.Money + r.InKind), sides[false].Sum(r => r.Money + r.InKind));
}
