using Grpc.Core;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.Integration, Roles.Auditor)]
    public override async Task<GetMunicipalitySummaryResponse> GetMunicipalitySummary(GetMunicipalitySummaryRequest request, ServerCallContext context)
    {
        var rows = await db.Database.SqlQuery<SummaryRow>(SummaryQuery.For(tenant.Required, Today)).ToListAsync(context.CancellationToken);
        var answer = new GetMunicipalitySummaryResponse
        {
            PartnershipCount = rows.Where(r => r.Section == "state").Sum(r => r.Count),
            States = { Counts(rows, "state", Spelt<PlanState>) },
            Domains = { Counts(rows, "domain", code => code) },
            Challenges = { Counts(rows, "challenge", code => code) },
            TargetGroups = { Counts(rows, "target", code => code) },
            Verdicts = { Counts(rows, "verdict", Spelt<Verdict>) },
            OverdueCount = rows.Where(r => r.Section == "overdue").Sum(r => r.Count),
            EndingWithinYearCount = rows.Where(r => r.Section == "ending").Sum(r => r.Count),
        };
        foreach (var year in rows.Where(r => r.Section is "promised" or "received").GroupBy(r => r.Year).OrderBy(g => g.Key))
        {
            answer.Years.Add(new YearOfContributions
            {
                Year = year.Key,
                PublicSide = SideIn(year, Side.Public),
                CivilSociety = SideIn(year, Side.CivilSociety),
            });
        }

        return answer;
    }

    private static IEnumerable<CountByCode> Counts(IEnumerable<SummaryRow> rows, string section, Func<string, string> spelt) =>
        rows.Where(r => r.Section == section).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new CountByCode { Code = spelt(r.Key), Count = r.Count });

    private static string Spelt<T>(string stored)
        where T : struct, Enum =>
        Enum.Parse<T>(stored).Code();

    private static SideOfContributions SideIn(IEnumerable<SummaryRow> year, Side side)
    {
        var mine = year.Where(r => r.Key == side.ToString()).ToList();
        var (promised, received) = (mine.Find(r => r.Section == "promised"), mine.Find(r => r.Section == "received"));
        return new SideOfContributions
        {
            PromisedMoney = (promised?.Money ?? 0).ToProto(),
            PromisedInKind = (promised?.InKind ?? 0).ToProto(),
            PromisedHours = promised?.Hours ?? 0,
            ReceivedMoney = (received?.Money ?? 0).ToProto(),
            ReceivedInKind = (received?.InKind ?? 0).ToProto(),
            ReceivedHours = received?.Hours ?? 0,
        };
    }
}
