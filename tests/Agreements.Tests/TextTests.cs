using System.Text;
using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

public sealed class TextTests
{
    private static readonly Dictionary<string, Func<AgreementTerms, AgreementTerms>> Changes = new()
    {
        ["title"] = t => t with { Title = "Öppen dag" },
        ["party name"] = t => t with { Parties = [t.Parties[0] with { DisplayName = "Kultur och fritid" }, t.Parties[1]] },
        ["organisation number"] = t => t with { Parties = [t.Parties[0], t.Parties[1] with { OrganisationNumber = "899999-0024" }] },
        ["kind of public party"] = t => t with { Parties = [t.Parties[0] with { Kind = PublicPartyKind.Committee }, t.Parties[1]] },
        ["who leads"] = t => t with { Parties = [t.Parties[0] with { Lead = false }, t.Parties[1]] },
        ["funding source"] = t => t with { Parties = [t.Parties[0] with { FundingSource = FundingSource.WithinFrame }, t.Parties[1]] },
        ["budget code"] = t => t with { Parties = [t.Parties[0] with { BudgetCode = "4712" }, t.Parties[1]] },
        ["contribution left out"] = t => t with { Contributions = [t.Contributions[0]] },
        ["contribution value"] = t => t with { Contributions = [t.Contributions[0] with { Value = 1_200_000.50m }, t.Contributions[1]] },
        ["contribution type"] = t => t with { Contributions = [t.Contributions[0], t.Contributions[1] with { Type = ContributionType.Staff }] },
        ["contribution hours"] = t => t with { Contributions = [t.Contributions[0], t.Contributions[1] with { Hours = 2_701 }] },
        ["contribution description"] = t => t with { Contributions = [t.Contributions[0] with { Description = "Annat" }, t.Contributions[1]] },
        ["valuation"] = t => t with { Contributions = [t.Contributions[0], t.Contributions[1] with { ValuationMethod = "Annan" }] },
        ["hourly value"] = t => t with { Contributions = [t.Contributions[0], t.Contributions[1] with { HourlyValue = 166m }] },
        ["whose contribution"] = t => t with { Contributions = [t.Contributions[0] with { PartyId = Samples.Association }, t.Contributions[1]] },
        ["payment sum"] = t => t with { PaymentPlan = [t.PaymentPlan[0] with { Amount = 1m }] },
        ["payment date"] = t => t with { PaymentPlan = [t.PaymentPlan[0] with { DueDate = new DateOnly(2027, 2, 2) }] },
        ["first day"] = t => t with { StartDate = new DateOnly(2027, 1, 2) },
        ["last day"] = t => t with { EndDate = new DateOnly(2029, 12, 30) },
        ["no extension"] = t => t with { Extension = ExtensionTerms.None },
        ["extension count"] = t => t with { Extension = t.Extension with { MaxCount = 2 } },
        ["extension length"] = t => t with { Extension = t.Extension with { Months = 6 } },
        ["end by notice"] = t => t with { EndsWithoutNotice = false },
        ["end unsaid"] = t => t with { EndsWithoutNotice = null },
        ["goal"] = t => t with { Goals = [new Goal("goal-1", "Fler träffas.")] },
        ["contact"] = t => t with { Contacts = [t.Contacts[0] with { Function = "Chef" }, t.Contacts[1]] },
        ["check-ins"] = t => t with { FollowUp = t.FollowUp with { CheckInEveryMonths = 4 } },
        ["check-in dates"] = t => t with { FollowUp = t.FollowUp with { CheckInDates = [new DateOnly(2027, 3, 15)] } },
        ["report dates"] = t => t with { FollowUp = t.FollowUp with { ReportDates = [new DateOnly(2028, 1, 31)] } },
        ["reports"] = t => t with { FollowUp = t.FollowUp with { ReportEveryMonths = 6 } },
        ["who reports"] = t => t with { FollowUp = t.FollowUp with { ReportingResponsibility = ReportingResponsibility.Organisation } },
        ["evaluation"] = t => t with { FollowUp = t.FollowUp with { EvaluationDate = new DateOnly(2029, 7, 1) } },
        ["talks"] = t => t with { FollowUp = t.FollowUp with { RenewalTalksDate = null } },
        ["how"] = t => t with { FollowUp = t.FollowUp with { How = "Vi ses." } },
        ["who"] = t => t with { FollowUp = t.FollowUp with { Who = "Styrgruppen" } },
        ["exclusion"] = t => t with { Exclusions = ["Läxhjälp"] },
        ["commitment"] = t => t with { Commitments = [new Commitment(Samples.Association, CommitmentKind.Commitment, "Håller öppet.")] },
        ["convener"] = t => t with { Collaboration = new Collaboration { ConvenerPartyId = Samples.Committee } },
        ["group"] = t => t with { Collaboration = new Collaboration { Groups = [new Group(GroupKind.Steering, 4, ["enhetschef", "ordförande"], "ordförande")] } },
        ["officer"] = t => t with { Collaboration = new Collaboration { OfficerFunction = "Samordnare" } },
        ["officer hours"] = t => t with { Collaboration = new Collaboration { OfficerHoursPerMonth = 8 } },
        ["stakeholder"] = t => t with { Stakeholders = [new Stakeholder("Socialförvaltningen", StakeholderKind.Administration, "", "")] },
        ["how it concerns"] = t => t with { Stakeholders = [new Stakeholder("Socialförvaltningen", StakeholderKind.Administration, "Möter samma unga.", "enhetschef")] },
        ["municipal role"] = t => t with { Collaboration = new Collaboration { MunicipalRole = "Sprider kunskap." } },
        ["pilot"] = t => t with { Knowledge = new KnowledgeTerms { Pilot = true } },
        ["knowledge"] = t => t with { Knowledge = new KnowledgeTerms { Gathered = true, How = "Samtal" } },
        ["who may renegotiate"] = t => t with { Ending = new EndingTerms { RenegotiationPartyIds = [Samples.Association] } },
        ["notice"] = t => t with { Ending = new EndingTerms { Notices = [new NoticeTerms(Samples.Committee, 6)] } },
        ["rescission"] = t => t with { Ending = new EndingTerms { RescissionGrounds = ["Grovt avtalsbrott"] } },
        ["hardship"] = t => t with { Ending = new EndingTerms { Hardship = "Parterna möts." } },
        ["disputes"] = t => t with { Ending = new EndingTerms { Disputes = "Styrgruppen talar." } },
        ["wind-down"] = t => t with { Ending = new EndingTerms { WindDown = "Inventarier stannar." } },
        ["secrecy"] = t => t with { Publicity = new PublicityTerms { Secrecy = "Inga namn." } },
        ["under secrecy act"] = t => t with { Publicity = new PublicityTerms { OslPartyIds = [Samples.Association] } },
        ["insight"] = t => t with { Publicity = new PublicityTerms { Insight = "Öppna möten." } },
        ["entrustment"] = t => t with { Entrustment = new EntrustmentTerms { Service = "Skyddat boende" } },
        ["other grants"] = t => t with { Economy = new EconomyTerms { OtherGrantsAllowed = false } },
        ["surplus"] = t => t with { Economy = new EconomyTerms { SurplusRule = SurplusRule.Reinvest } },
        ["compensation"] = t => t with { Economy = new EconomyTerms { CompensationBasis = "Hyra" } },
        ["budget"] = t => t with { Economy = new EconomyTerms { BudgetPlan = "400 000 kr om året" } },
        ["hour value"] = t => t with { Economy = new EconomyTerms { VolunteerHourValue = 166.67m } },
        ["annex"] = t => t with { Annexes = [new Annex("Karta", "Storgatan 1")] },
        ["financing"] = t => t with { FollowUp = t.FollowUp with { Financing = "Inom ram" } },
    };

    public static TheoryData<string> ChangeNames => [.. Changes.Keys];

    [Fact]
    public void The_text_reads_as_an_agreement()
    {
        var text = Samples.Writer.Write(Samples.Terms, Samples.Sections);

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "agreement.golden.txt")), text.Canonical);
    }

    [Fact]
    public void The_same_content_has_the_same_hash()
    {
        var (once, again) = (Write(Samples.Terms), Write(Samples.Terms with { Goals = [.. Samples.Terms.Goals] }));

        Assert.Equal(once, again);
        Assert.Matches("^[0-9a-f]{64}$", once);
    }

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void A_change_of_any_term_changes_the_hash(string change) =>
        Assert.NotEqual(Write(Samples.Terms), Write(Changes[change](Samples.Terms)));

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void A_term_is_under_the_hash_also_when_its_heading_is_left_out(string change) =>
        Assert.NotEqual(Samples.Writer.Write(Samples.Terms, []).Hash, Samples.Writer.Write(Changes[change](Samples.Terms), []).Hash);

    [Fact]
    public void What_is_no_part_of_the_text_leaves_the_hash_alone()
    {
        var other = Samples.Terms with { PublicSignatories = [], DecisionRequired = true };
        var skippedEmpty = Edited("hardship", section => section with { Skipped = true, SkipReason = "Behövs inte." });
        var guided = Edited("activity", section => section with { Guidance = new LocalizedText("Annan hjälp.", ""), Revision = 9, UpdatedBy = PartySide.Public });

        Assert.Equal(Write(Samples.Terms), Write(other));
        Assert.Equal(Write(Samples.Terms), Samples.Writer.Write(Samples.Terms, skippedEmpty).Hash);
        Assert.Equal(Write(Samples.Terms), Samples.Writer.Write(Samples.Terms, guided).Hash);
    }

    [Fact]
    public void A_section_written_skipped_or_moved_changes_the_hash()
    {
        IReadOnlyList<Section>[] edits =
        [
            Edited("activity", section => section with { Text = "Något annat." }),
            Edited("hardship", section => section with { Text = "Parterna talar med varandra." }),
            Edited("background", section => section with { Skipped = true }),
            [.. Samples.Sections.Reverse()],
        ];

        Assert.Equal(edits.Length + 1, edits.Select(sections => Samples.Writer.Write(Samples.Terms, sections).Hash).Append(Write(Samples.Terms)).Distinct().Count());
    }

    [Fact]
    public void Line_ends_and_composed_letters_make_no_difference()
    {
        var one = Edited("activity", section => section with { Text = PlainText.Normalise("På kvällen.\r\n\r\nI byn.  ") });
        var other = Edited("activity", section => section with { Text = PlainText.Normalise("På kvällen.\n\nI byn.".Normalize(NormalizationForm.FormD)) });

        Assert.Equal(Samples.Writer.Write(Samples.Terms, one).Canonical, Samples.Writer.Write(Samples.Terms, other).Canonical);
        Assert.DoesNotContain('\r', Samples.Writer.Write(Samples.Terms, one).Canonical);
        Assert.True(Samples.Writer.Write(Samples.Terms, other).Canonical.IsNormalized(NormalizationForm.FormC));
    }

    [Fact]
    public void A_cell_of_a_table_cannot_break_the_table()
    {
        var terms = Samples.Terms with { Contributions = [Samples.Terms.Contributions[0] with { Description = "a | b\nc {value}" }] };

        Assert.Contains("| a \\| b c {value} |", Samples.Writer.Write(terms, Samples.Sections).Canonical, StringComparison.Ordinal);
    }

    [Fact]
    public void The_draft_begins_with_what_the_case_knows()
    {
        var background = Samples.Sections.Single(section => section.Key == "background");

        Assert.Equal("Unga är ensamma.\n\nEn plats att gå till.", background.Text);
        Assert.False(background.IsGenerated);
        Assert.Equal(new DateOnly(2029, 12, 31), Samples.Terms.EndDate);
        Assert.Equal(new DateOnly(2029, 6, 30), Samples.Terms.FollowUp.EvaluationDate);
        Assert.Equal(new DateOnly(2029, 3, 31), Samples.Terms.FollowUp.RenewalTalksDate);
        Assert.Equal(new ExtensionTerms(Allowed: true, 1, 12), Samples.Terms.Extension);
    }

    [Theory]
    [InlineData("followUp", false, SectionSource.FollowUp)]
    [InlineData("follow-up", false, SectionSource.FollowUp)]
    [InlineData("FOLLOW_UP", false, SectionSource.FollowUp)]
    [InlineData("parties", false, SectionSource.Parties)]
    [InlineData("parties", true, SectionSource.Roles)]
    [InlineData("challenge", false, SectionSource.None)]
    [InlineData("", false, SectionSource.None)]
    public void A_section_is_generated_from_what_the_guideline_says(string generatedFrom, bool repeatable, SectionSource source)
    {
        var rules = Samples.Rules with { Sections = [Samples.Rules.Sections[0] with { GeneratedFrom = generatedFrom, Repeatable = repeatable }] };

        Assert.Equal(source, Draft.Sections(rules, Samples.Facts, Samples.Phrases)[0].Source);
    }

    [Fact]
    public void No_party_is_left_without_a_role()
    {
        var rules = Samples.Rules with { Sections = [Samples.Rules.Sections[1] with { Repeatable = true }] };
        var terms = Samples.Terms with { Parties = [.. Samples.Terms.Parties, new Party("kultur", PartySide.Public, "Kultur") { Kind = PublicPartyKind.Committee }] };

        var text = Samples.Writer.Write(terms, Draft.Sections(rules, Samples.Facts, Samples.Phrases)).Sections[0].GeneratedText;

        Assert.Equal(
            """
            - Arbete och försörjning: leder den offentliga sidan; bidrar med pengar
            - Öppna Famnen Eslöv: leder den idéburna sidan; bidrar med ideell tid
            - Kultur: deltar i partnerskapet
            """,
            text);
    }

    [Fact]
    public void A_role_an_expectation_and_the_one_who_convenes_stand_in_the_row_of_the_party()
    {
        var rules = Samples.Rules with { Sections = [Samples.Rules.Sections[1] with { Repeatable = true }] };
        var terms = Samples.Terms with
        {
            Collaboration = new Collaboration { ConvenerPartyId = Samples.Association },
            Commitments = [new Commitment(Samples.Association, CommitmentKind.Expectation, "snabba svar"), new Commitment(Samples.Association, CommitmentKind.Role, "värd för kvällarna")],
        };

        Assert.Contains(
            "- Öppna Famnen Eslöv: leder den idéburna sidan; kallar samman parterna; värd för kvällarna; bidrar med ideell tid; förväntar sig: snabba svar",
            Samples.Writer.Write(terms, Draft.Sections(rules, Samples.Facts, Samples.Phrases)).Sections[0].GeneratedText,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exclusions", SectionSource.Exclusions)]
    [InlineData("knowledge-gathering", SectionSource.Knowledge)]
    [InlineData("renegotiation", SectionSource.Renegotiation)]
    [InlineData("termination", SectionSource.Termination)]
    [InlineData("hardship", SectionSource.Hardship)]
    [InlineData("dispute", SectionSource.Dispute)]
    [InlineData("secrecy", SectionSource.Secrecy)]
    [InlineData("notice-period", SectionSource.Notice)]
    [InlineData("municipal-role", SectionSource.MunicipalRole)]
    [InlineData("stakeholders", SectionSource.Stakeholders)]
    [InlineData("wind-down", SectionSource.WindDown)]
    [InlineData("values", SectionSource.None)]
    public void A_heading_tells_the_terms_that_its_key_speaks_of(string key, SectionSource source)
    {
        var rules = Samples.Rules with { Sections = [Samples.Rules.Sections[2] with { Key = key }] };

        Assert.Equal(source, Draft.Sections(rules, Samples.Facts, Samples.Phrases)[0].Source);
    }

    private static string Write(AgreementTerms terms) => Samples.Writer.Write(terms, Samples.Sections).Hash;

    private static IReadOnlyList<Section> Edited(string key, Func<Section, Section> edit) =>
        [.. Samples.Sections.Select(section => section.Key == key ? edit(section) : section)];
}
