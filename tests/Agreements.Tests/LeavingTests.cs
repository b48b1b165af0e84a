using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>Notice of one of several parties: what it ends, for whom, and when. Rule: he-equal-parties.</summary>
public sealed class LeavingTests
{
    private const string Sister = "systerforening";
    private const string Third = "tredjeforening";

    [Fact]
    public void One_of_several_organisations_leaves_on_its_day_and_the_agreement_goes_on()
    {
        var agreement = WithOrganisations(Sister);
        GiveNotice(agreement, Sister, "2027-02-10");

        Assert.Equal((true, Day("2027-05-10")), (agreement.Life.Endings[0].PartyOnly, agreement.Life.Endings[0].LastDay));
        Assert.Equal((agreement.Terms.EndDate, Day("2027-05-11")), (agreement.LastDay, agreement.NextDay));
        Assert.Equal([ValidityReason.InForce], agreement.ValidityOn(Day("2027-03-01")).Reasons);
        Assert.Null(agreement.PassLeaving(Day("2027-05-10"), Samples.Now));
        Assert.Equal(Sister, agreement.PassLeaving(Day("2027-05-11"), Samples.Now)!.PartyId);
        Assert.Null(agreement.PassLeaving(Day("2027-05-11"), Samples.Now));

        Assert.Equal((AgreementState.Active, Samples.Now, agreement.Terms.EndDate!.Value.AddDays(1)), (agreement.State, agreement.Life.Endings[0].EffectTime, agreement.NextDay));
        Assert.Equal([Samples.Committee, Samples.Association], agreement.RemainingParties.Select(party => party.PartyId));
    }

    [Fact]
    public void The_last_organisation_and_the_lead_end_it_for_all()
    {
        var agreement = WithOrganisations(Sister);
        GiveNotice(agreement, Samples.Committee, "2027-02-10");
        Assert.False(agreement.Life.Endings[0].PartyOnly);

        agreement = WithOrganisations();
        GiveNotice(agreement, Samples.Association, "2027-02-10");
        Assert.Equal((false, Day("2027-05-10")), (agreement.Life.Endings[0].PartyOnly, agreement.LastDay));
    }

    // fa-check-both-finance: both sides bring something, those who remain too.
    [Fact]
    public void Where_those_who_remain_do_not_hold_the_guideline_it_ends_for_all()
    {
        var agreement = WithOrganisations([Sister], terms => terms with { Contributions = [.. terms.Contributions.Where(item => item.PartyId != Samples.Association)] });
        GiveNotice(agreement, Sister, "2027-02-10");

        Assert.Equal((false, Day("2027-05-10")), (agreement.Life.Endings[0].PartyOnly, agreement.LastDay));
    }

    [Fact]
    public void Money_that_was_promised_to_pay_the_one_who_leaves_is_no_contribution_to_the_others()
    {
        var agreement = WithOrganisations([Sister], terms => terms with { PaymentPlan = [new PaymentPlanItem(1_200_000m, Day("2027-02-01"), Samples.Committee, Sister)] });

        var rest = agreement.Terms.Without(new HashSet<string> { Sister });

        Assert.DoesNotContain(rest.Contributions, item => item.PartyId == Samples.Committee);
        Assert.Empty(rest.PaymentPlan);
        GiveNotice(agreement, Sister, "2027-02-10");
        Assert.False(agreement.Life.Endings[0].PartyOnly);
    }

    // The one could go while the other stayed; when the other gives notice too and goes before it, nobody is left after it.
    [Fact]
    public void A_notice_given_later_changes_what_an_earlier_one_comes_to()
    {
        var agreement = WithOrganisations([Sister], terms => terms with { Ending = terms.Ending with { Notices = [new NoticeTerms(Sister, 6), new NoticeTerms(Samples.Association, 3)] } });
        GiveNotice(agreement, Sister, "2027-05-10");
        Assert.True(agreement.Life.Endings[0].PartyOnly);

        GiveNotice(agreement, Samples.Association, "2027-06-10");

        Assert.Equal([(Sister, false), (Samples.Association, true)], agreement.Life.Endings.Select(ending => (ending.PartyId, ending.PartyOnly)));
        Assert.Equal((Day("2027-11-10"), Day("2027-09-11")), (agreement.LastDay, agreement.NextDay));
    }

    [Fact]
    public void Those_who_remain_may_go_on_longer_though_another_leaves_and_it_gives_notice_once()
    {
        var agreement = WithOrganisations(Sister);
        GiveNotice(agreement, Sister, "2027-02-10");

        StateTests.Refused("ENDING_DECIDED", agreement, a => GiveNotice(a, Sister, "2027-02-11"));
        StateTests.Refused("TALKS_MISSING", agreement, a => a.Extend(PartySide.Public, Samples.Committee, "", 0, Samples.Rules, Day("2027-02-11"), Samples.Writer));
    }

    [Fact]
    public void What_waited_for_the_word_of_one_who_leaves_lapses_and_those_who_remain_decide()
    {
        var agreement = WithOrganisations(Sister);
        GiveNotice(agreement, Sister, "2027-02-10");
        agreement.ProposeJointly(ProposalKind.Suspend, Samples.Committee, "Vi bygger om.", null, Day("2027-04-01"), Samples.Now);
        agreement.PassLeaving(Day("2027-06-01"), Samples.Now);
        Assert.Equal(ProposalOutcome.Lapsed, agreement.Life.Proposals[0].Outcome);

        agreement.ProposeJointly(ProposalKind.Suspend, Samples.Committee, "Vi bygger om.", null, Day("2027-06-02"), Samples.Now);
        agreement.ProposeJointly(ProposalKind.Suspend, Samples.Association, "Ja.", null, Day("2027-06-02"), Samples.Now);
        Assert.Equal(AgreementState.Suspended, agreement.State);
    }

    [Fact]
    public void Talks_in_the_follow_up_of_one_who_has_left_open_no_extension_for_the_others()
    {
        var agreement = WithOrganisations(Sister);
        GiveNotice(agreement, Sister, "2027-02-10");
        Assert.Equal(1, agreement.HearTalks(new HeardTalks(Day("2027-03-01"), "check-in", 1), PartySide.CivilSociety, Sister));
        agreement.PassLeaving(Day("2027-06-01"), Samples.Now);

        Assert.Equal(0, agreement.HearTalks(new HeardTalks(Day("2027-07-01"), "another check-in", 1), PartySide.CivilSociety, Sister));
        Assert.Equal(0, agreement.HearTalks(new HeardTalks(Day("2027-07-01"), "check-in", 2), PartySide.CivilSociety, Sister));
        Assert.Single(agreement.Life.Talks);
    }

    [Fact]
    public void The_next_version_is_drawn_up_without_the_one_who_has_left_and_each_side_has_one_that_leads_it()
    {
        var agreement = WithOrganisations(Sister, Third);
        GiveNotice(agreement, Samples.Association, "2027-02-10");
        agreement.PassLeaving(Day("2027-06-01"), Samples.Now);

        var draft = agreement.Amend(PartySide.Public, Samples.Committee, "Vi är färre.", Day("2027-06-02"), Samples.Writer);

        Assert.Equal([(Samples.Committee, true), (Sister, true), (Third, false)], draft.Terms.Parties.Select(party => (party.PartyId, party.Lead)));
        Assert.All(
            [draft.Terms.Contributions.Select(item => item.PartyId), draft.Terms.Contacts.Select(item => item.PartyId), draft.Terms.Ending.Notices.Select(item => item.PartyId)],
            parties => Assert.DoesNotContain(Samples.Association, parties));
        Assert.DoesNotContain("Öppna Famnen Eslöv", draft.CanonicalText, StringComparison.Ordinal);
        Assert.Contains("Öppna Famnen Eslöv", agreement.CanonicalText, StringComparison.Ordinal);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void GiveNotice(Agreement agreement, string party, string day) => agreement.GiveNotice(
        party, "Vi räcker inte till.", Day(day), Samples.Now, gone => JointCheck.HoldsWithout(agreement, gone, [new BindingPack(agreement.PackName, "", Samples.Rules)], Samples.Phrases));

    private static Agreement WithOrganisations(params string[] others) => WithOrganisations(others, terms => terms);

    /// <summary>An agreement in force of the lead, the association and others like it, all of whom can give notice.</summary>
    private static Agreement WithOrganisations(string[] others, Func<AgreementTerms, AgreementTerms> change)
    {
        var terms = change(Samples.Terms with
        {
            Parties = [.. Samples.Terms.Parties, .. others.Select(party => new Party(party, PartySide.CivilSociety, $"Föreningen {party}") { Organisation = $"{Samples.Organisation}-{party}", OrganisationNumber = party })],
            Contributions = [.. Samples.Terms.Contributions, .. others.Select(party => new Contribution(party, ContributionType.VolunteerHours, 100_000m) { Hours = 600, ValuationMethod = "Timmar gånger 166 kronor" })],
            PaymentPlan = [.. others.Prepend(Samples.Association).Select(party => new PaymentPlanItem(1_200_000m / (others.Length + 1), Day("2027-02-01"), Samples.Committee, party))],
            Ending = new EndingTerms { Notices = [new NoticeTerms(Samples.Committee, 3), .. others.Append(Samples.Association).Select(party => new NoticeTerms(party, 3))] },
        });
        var agreement = Agreement.DrawUp(Samples.Municipality, Samples.Facts, terms, Samples.Sections, PartySide.Public, Samples.Writer);
        agreement.Share(Samples.Now);
        foreach (var party in terms.Parties)
        {
            agreement.Approve(party.PartyId, party.DisplayName, agreement.TextHash, [], Samples.Now);
        }

        List<SignatureRequirement> organisations = [.. terms.Parties.Where(party => party.Side == PartySide.CivilSociety).Select(party => new SignatureRequirement(party.PartyId, 1, [new Signatory(party.PartyId, party.PartyId, "Anna", "ordförande")]))];
        agreement.OpenForSignatures([SignatureRequirement.OfPublic(terms, Samples.Committee), .. organisations], Samples.Plan);
        agreement.Sign(Samples.Committee, Samples.Signer("chair"), agreement.TextHash, SigningMinimum.None, Samples.Now);
        foreach (var party in organisations)
        {
            agreement.Sign(party.PartyId, Samples.Signer(party.PartyId), agreement.TextHash, SigningMinimum.None, Samples.Now);
        }

        return agreement;
    }
}
