using FsCheck;
using FsCheck.Fluent;
using Iop.Organisations.Domain;

namespace Iop.Organisations.Tests;

/// <summary>The organisation number as a value. Source: law.md 2.10.</summary>
public sealed class OrganisationNumberTests
{
    // Nine digits of a number with a group and no possible month.
    private static readonly Arbitrary<string> Nine =
        (from head in Gen.Choose(1, 9)
         from second in Gen.Choose(0, 9)
         from thirdAndFourth in Gen.Choose(20, 99)
         from rest in Gen.Choose(0, 99999)
         select $"{head}{second}{thirdAndFourth}{rest:D5}").ToArbitrary();

    [Theory]
    [InlineData("899999-0057")]
    [InlineData("8999990057")]
    [InlineData("168999990057")]
    [InlineData("16899999-0057")]
    [InlineData("  899999-0057 ")]
    public void Is_read_in_each_form_and_shown_in_one(string text)
    {
        var (number, fault) = OrganisationNumber.Read(text);

        Assert.Equal(("", "899999-0057", "8999990057", 8), (fault, number?.ToString(), number?.Digits, number?.Group));
    }

    [Theory]
    [InlineData("", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999-00577", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999 0057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999+0057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("8999-990057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("198999990057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("099999-0057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("89999A-0057", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("٨٩٩٩٩٩-٠٠٥٧", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("SE899999005701", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999-0017", "ORGANISATION_NUMBER_CHECK_DIGIT")]
    [InlineData("121212-1212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("1212121212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("19121212-1212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("201212121212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("161212121212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("121212+1212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("121212 1212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("121272-1218", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("121212-1213", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("881900-0000", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    public void Is_refused_for_a_reason_of_its_own(string text, string reason)
    {
        var (number, fault) = OrganisationNumber.Read(text);

        Assert.Equal((null, reason), (number, fault));
    }

    [Theory]
    [InlineData("899999-0057", LegalForm.NonProfitAssociation, true, false)]
    [InlineData("899999-0057", LegalForm.Foundation, true, false)]
    [InlineData("599999-0012", LegalForm.ProfitLimitedCompany, true, true)]
    [InlineData("799999-0018", LegalForm.EconomicAssociation, true, true)]
    [InlineData("222999-0011", LegalForm.Other, false, false)]
    [InlineData("222999-0011", LegalForm.FaithCommunity, false, false)]
    [InlineData("259999-0012", LegalForm.FaithCommunity, true, false)]
    [InlineData("259999-0012", LegalForm.NonProfitAssociation, false, false)]
    [InlineData("199999-0014", LegalForm.Other, false, false)]
    [InlineData("399999-0012", LegalForm.Other, false, false)]
    [InlineData("499999-0011", LegalForm.Other, false, false)]
    [InlineData("699999-0019", LegalForm.Other, false, false)]
    [InlineData("999999-0016", LegalForm.Other, false, false)]
    public void Group_tells_whether_civil_society_can_have_it_and_whether_statutes_are_checked(string text, LegalForm form, bool fits, bool check)
    {
        var nine = text.Replace("-", "", StringComparison.Ordinal)[..9];
        var number = OrganisationNumber.Read($"{nine}{RegisterFixture.CheckDigit(nine)}").Number!;

        Assert.Equal((fits, check), (number.FitsCivilSociety(form), number.NeedsStatutesCheck));
    }

    [Fact]
    public void Exactly_one_check_digit_of_ten_is_right() => Prop.ForAll(Nine, nine =>
    {
        var right = Enumerable.Range(0, 10).Where(digit => OrganisationNumber.Read($"{nine}{digit}").Number is not null);
        return right.SequenceEqual([RegisterFixture.CheckDigit(nine)]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_digit_mistyped_is_always_found() => Prop.ForAll(Nine, ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<int>(), (nine, at, by) =>
    {
        var digits = $"{nine}{RegisterFixture.CheckDigit(nine)}".ToCharArray();
        var place = (int)((uint)at % 10);
        digits[place] = (char)('0' + ((digits[place] - '0' + 1 + (int)((uint)by % 9)) % 10));
        return OrganisationNumber.Read(new string(digits)).Number is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_form_of_a_number_reads_as_the_same_number() => Prop.ForAll(Nine, nine =>
    {
        var ten = $"{nine}{RegisterFixture.CheckDigit(nine)}";
        string[] forms = [ten, $"{ten[..6]}-{ten[6..]}", $"16{ten}", $"16{ten[..6]}-{ten[6..]}"];
        return forms.Select(form => OrganisationNumber.Read(form).Number).Distinct().Single() == OrganisationNumber.FromDigits(ten);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_date_of_birth_ever_becomes_a_number()
    {
        var people = from year in Gen.Choose(0, 99)
                     from month in Gen.Choose(0, 19)
                     from day in Gen.Choose(0, 99)
                     from rest in Gen.Choose(0, 9999)
                     from prefix in Gen.Elements("", "16", "18", "19", "20")
                     from separator in Gen.Elements("", "-", "+", " ")
                     select $"{prefix}{year:D2}{month:D2}{day:D2}{separator}{rest:D4}";

        Prop.ForAll(people.ToArbitrary(), text => OrganisationNumber.Read(text) == (null, "PERSONAL_IDENTITY_NUMBER_REFUSED")).QuickCheckThrowOnFailure();
    }
}
