using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>What each organisation has been given by a version is reported once, by the regulation that it is given by. Source: law.md 2.2.</summary>
public sealed class AidToReportTests
{
    private const string First = "municipalities/1285/organisations/1";
    private const string Newcomer = "municipalities/1285/organisations/2";

    private static readonly Agreement Agreement = Samples.InSigning();

    private readonly List<StateAidReport> _reported = [];
    private DeMinimisAid? _given;
    private IReadOnlyList<string> _parties = [];

    [Fact]
    public void All_of_it_is_reported_for_one_that_comes_in_later_and_nothing_anew_for_the_others()
    {
        Assert.Equal([$"{First}: DeMinimis 400000"], Sign(400_000, First));

        Assert.Equal([$"{Newcomer}: DeMinimis 400000"], Sign(400_000, First, Newcomer));
        Assert.Empty(Sign(400_000, First, Newcomer));
    }

    [Fact]
    public void A_raise_by_which_one_comes_in_is_a_raise_to_the_others_and_all_of_it_to_the_new_one()
    {
        Sign(400_000, First);

        Assert.Equal([$"{First}: DeMinimis 50000", $"{Newcomer}: DeMinimis 450000"], Sign(450_000, First, Newcomer));
        Assert.Equal([$"{First} {Newcomer}: DeMinimis 10000"], Sign(460_000, First, Newcomer));
    }

    [Fact]
    public void One_that_comes_back_is_reported_only_for_what_it_had_not_been()
    {
        Sign(400_000, First, Newcomer);
        Sign(400_000, First);

        Assert.Equal([$"{Newcomer}: DeMinimis 50000"], Sign(450_000, Newcomer));
    }

    [Fact]
    public void Under_another_regulation_each_has_taken_back_what_was_reported_of_it()
    {
        Sign(400_000, First);
        Sign(450_000, First, Newcomer);

        Assert.Equal([$"{First} {Newcomer}: -DeMinimis 450000", $"{First} {Newcomer}: SgeiDeMinimis 450000"], Sign(450_000, StateAidBasis.SgeiDeMinimis, First, Newcomer));
    }

    private List<string> Sign(decimal amount, params string[] parties) => Sign(amount, StateAidBasis.DeMinimis, parties);

    private List<string> Sign(decimal amount, StateAidBasis basis, params string[] parties)
    {
        var aid = new DeMinimisAid(basis, amount);
        var due = AidToReport.Of(aid, parties, _given, _parties, _reported).ToList();
        _reported.AddRange(due.Select(each => StateAidReport.Of(Agreement, each, new DateOnly(2026, 3, 2))));
        (_given, _parties) = (aid, parties);
        return [.. due.Select(each => $"{string.Join(' ', each.Organisations)}: {(each.TakenBack ? "-" : "")}{each.Aid.Basis} {each.Aid.Amount}")];
    }
}
