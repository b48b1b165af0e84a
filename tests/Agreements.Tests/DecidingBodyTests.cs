using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

/// <summary>C2, li-board-decides, ga-board-may-enter: the guideline says which body decides, and another one's decision is none.</summary>
public sealed class DecidingBodyTests
{
    private static readonly BodyNames Names = BodyNames.Load();
    private static readonly DecisionRule Board = new("x-board", [DecidingBody.Committee, DecidingBody.Council], new LocalizedText("Nämnden beslutar.", "The committee decides."));

    [Theory]
    [InlineData("Kommunfullmäktige", DecidingBody.Council)]
    [InlineData("Stadens fullmäktige", DecidingBody.Council)]
    [InlineData("Kommunstyrelsen", DecidingBody.ExecutiveBoard)]
    [InlineData("Bildningsnämnden", DecidingBody.Committee)]
    [InlineData("Kultur- och fritidsnämnden", DecidingBody.Committee)]
    [InlineData("Kommunstyrelsens arbetsutskott", DecidingBody.Committee)]
    [InlineData("Styrelsen för Stadsbostäder AB", DecidingBody.CompanyBoard)]
    [InlineData("Bolagsstyrelsen", DecidingBody.CompanyBoard)]
    [InlineData("Socialförvaltningen", DecidingBody.Administration)]
    [InlineData("Bildningsnämndens förvaltningschef", DecidingBody.Administration)]
    [InlineData("Kommundirektören", DecidingBody.Administration)]
    [InlineData("Rådet", DecidingBody.Unspecified)]
    [InlineData("Abborrfonden", DecidingBody.Unspecified)]
    public void The_name_of_a_body_says_its_kind_by_its_last_word(string name, DecidingBody kind) => Assert.Equal(kind, Names.KindOf(name));

    [Theory]
    [InlineData("Bildningsnämnden", DecidingBody.Unspecified, DecidingBody.Committee)]
    [InlineData("Bildningsnämnden", DecidingBody.Committee, DecidingBody.Committee)]
    [InlineData("Rådet", DecidingBody.Council, DecidingBody.Council)]
    public void A_body_that_the_guideline_names_decides(string name, DecidingBody said, DecidingBody recorded) =>
        Assert.Equal(recorded, By(name, said).BodyKind);

    [Theory]
    [InlineData("Socialförvaltningen", DecidingBody.Unspecified, "decision.body", "DECISION_BODY_NOT_ALLOWED")]
    [InlineData("Rådet", DecidingBody.Administration, "decision.body_kind", "DECISION_BODY_NOT_ALLOWED")]
    [InlineData("Socialförvaltningen", DecidingBody.Committee, "decision.body_kind", "DECISION_BODY_CONTRADICTED")]
    [InlineData("Rådet", DecidingBody.Unspecified, "decision.body_kind", "FIELD_REQUIRED")]
    public void Another_body_is_refused_and_so_is_one_that_calls_itself_what_it_is_not(string name, DecidingBody said, string field, string reason)
    {
        var fault = Assert.Single(Assert.Throws<Refusal>(() => By(name, said)).Fields);

        Assert.Equal((field, reason), (fault.Field, fault.Reason));
        Assert.Equal(reason == "DECISION_BODY_NOT_ALLOWED", fault.Values.Contains(new("body", "Nämnden beslutar.")));
    }

    [Fact]
    public void A_pack_that_was_kept_before_packs_told_it_holds_nobody_to_it()
    {
        Assert.Equal(DecidingBody.Administration, By("Socialförvaltningen", DecidingBody.Unspecified, DecisionRule.None).BodyKind);
        Assert.Equal(DecidingBody.Unspecified, By("Rådet", DecidingBody.Unspecified, DecisionRule.None).BodyKind);
    }

    private static TextDecision By(string name, DecidingBody said, DecisionRule? rule = null) =>
        (Samples.Decision() with { Body = name, BodyKind = said }).HeldAgainst(rule ?? Board, Names);
}
