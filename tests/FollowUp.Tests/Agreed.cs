using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Tests;

/// <summary>An agreement as the domain of the follow-up reads it. It asks for nothing but an evaluation on its last day; what a test is about it adds.</summary>
internal static class Agreed
{
    public static AgreementFacts Facts(DateOnly start, DateOnly end, int checkInEveryMonths = 0, int reportEveryMonths = 0) => new()
    {
        Agreement = "municipalities/1283/agreements/x",
        Version = 1,
        Organisations = ["municipalities/1283/organisations/y"],
        GuidelinePack = "municipalities/1283/guidelinePacks/2020-1",
        Terms = new ScheduleTerms(start, end, checkInEveryMonths, reportEveryMonths),
        EvaluationDate = end,
    };
}
