using Iop.FollowUp.Domain;
using Xunit.Abstractions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.FollowUp.Tests;

/// <summary>How well names are told from words, over sentences of our own.</summary>
public sealed class NameListTests(ITestOutputHelper output)
{
    private static readonly PersonalData Data = Load();

    private static readonly string[] Naming =
    [
        "Annas väg till arbete har varit lång.", "Vi har hjälpt Fatima med bostad.", "Deltagaren Mohammed går nu på SFI.", "Per Andersson kommer varje tisdag.",
        "En kille, Björn Lind, fick praktik.", "Familjen Svensson fick stöd.", "fatima och hennes barn kom tillbaka.", "ERIK slutade dricka i våras.",
        "Det var Abdirahman som först vågade.", "Oleksandr fick jobb på lagret.", "Semhar lärde sig cykla.", "Vi ringde Lisas mamma.",
        "Klara Bergs ekonomi är ordnad.", "Bo Ek har dålig hälsa.", "Stödet till Jovana fortsätter.", "Zeinab, 34 år, har flyttat.",
        "Lennart har demens men trivs.", "Maja i årskurs nio mår bättre.", "Kalle Persson bor hemma igen.", "Yusuf och Hodan gifte sig.",
        "Samtal med Gunvor.", "Vi tackar Linnéa för tiden.", "Göran är nykter.", "Nours skolgång fungerar.", "Rut Ek fick hemtjänst.",
        "Hans Ek blev vräkt.", "Agnieszka söker jobb.", "Jiyan har fått kontakt med vården.", "Torbjörn är ensam.", "Sanna Lund fick en vän.",
    ];

    private static readonly string[] Innocent =
    [
        "Per deltagare kostade det 1 200 kr.", "Hans situation är vanlig bland äldre män.", "Klara insatser: fyra av fem.", "Jan–mars var lugnast.",
        "Björn och varg finns i skogen.", "Öppna Famnen i Eslöv mötte 240 unga.", "Sofia församling lånar ut lokalen.", "Gruppen träffas i Katarina kyrka.",
        "Nora kommun deltar också.", "Saga för små barn lockade flest.", "Mina erfarenheter är goda, sa en deltagare.", "Sanna berättelser gav tillit.",
        "Rosa Huset är en mötesplats.", "Flera gäster har börjat lära ut till andra.", "Stig in, står det på dörren.", "Sten för sten byggs förtroendet.",
        "Max tio deltagare per kväll.", "Maj var bästa månaden.", "Riktlinjen antogs 2019-06-17, dnr KS 2026/118.", "Lotta ut platserna bland de anmälda.",
        "Verksamhetsledaren och enhetschefen deltog.", "Kommunen, Region Skåne och Röda Korset samverkar.", "Ungdomarna i Falun vill ha öppet längre.",
        "Bara tre av tio kände till oss.", "Ester och silikon ingår i materialet.", "Musiken hade lena toner.", "Vi hann tina fisken till matlagningen.",
        "Svenska kyrkan, Moskén och Rädda Barnen bjöds in.", "Liv och rörelse varje torsdag.", "Vi samlade 36 000 kr in till fonden.",
    ];

    // What the field writes of itself: organisations, streets, days of saints, months, methods and projects that bear a name.
    public static TheoryData<string> OfTheField =>
    [
        "Vi samverkar med Stiftelsen Maria Vård.", "Kvinnojouren Freja och Tjejjouren Olivia deltog.", "Projekt Elsa nådde 40 familjer.",
        "Projekt Alma fortsätter i höst.", "Adam-projektet avslutades.", "Mötet hölls på Sankt Eriksgatan 12.", "Vi delade ut kaffe på S:t Eriks plats.",
        "Lokalen ligger på Birger Jarlsgatan.", "Selma Lagerlöfs torg är stort.", "Öppet hus på Gustav Adolfs torg.", "Gården på Sven Rinmans gata.",
        "Vi besökte Astrid Lindgrens barnsjukhus.", "Fredrika Bremer-förbundet höll kursen.", "Valborg firades med 80 gäster.", "Luciafirandet lockade många.",
        "På tjugondag Knut dansades julen ut.", "Gruppen arbetar efter Marte Meo.", "Café Nora är mötesplats.", "Sankta Klara kloster lånade ut salen.",
        "Under april, juni och augusti var det stängt.", "Drottning Silvias stiftelse gav bidrag.", "Sankt Hans firades med dans.", "Kvarteret Elin byggs om.",
        "Annandag påsk hade vi öppet.", "Mårtensgården och Karlstad är med.", "Barnen läste om Noaks Ark.", "Barnkonventionen och Maria församling nämns.",
        "Olof Palmes gata ska rustas.", "Fontänhuset på Karl Johansgatan.", "Elsa Brändströms gata är avstängd.",
    ];

    public static TheoryData<string> InflectedOrJoined =>
    [
        "Anna-Karin kom tillbaka.", "Lars-Eriks mamma ringde.", "Per-Olof bor själv.", "Maj-Britts hälsa är bättre.", "Fatima:s väg till arbete.",
        "Jan-Eriks skuld är betald.", "Lars’ lägenhet är klar.", "Samtalet med Nils-Åke gick bra.", "FATIMAS barn går i skolan.", "Abdi-Rahman har fått jobb.",
        "Ann-Marie, Bo-Göran och två till.", "Eva-Lenas matlagning.", "Projektledaren hjälpte Elsa hem.", "Elsa på Storgatan är ensam.", "Fatima i Maria församling mår bättre.",
        "Karl-Gustavs son.", "Vi träffade Mohameds bror.", "Muhammads syster kom.", "Karin:s hund.", "Stiftelsen hjälpte Maria.", "I projektet, Fatima först, kom alla.", "Fatimas gård brann.",
        "Anna Bergs plats i gruppen är klar.", "Erik Lunds väg till arbete.", "Förskolan Elsa går på är bra.", "kvinnojouren Fatima ringde svarade.", "Stiftelsens Maria ringde.", "Sankt Eriksgatan är Fatimas hem.",
    ];

    [Theory]
    [MemberData(nameof(OfTheField))]
    public void What_the_field_names_is_no_person(string text) => Assert.Equal(PersonalTrace.None, Data.In(text));

    [Theory]
    [MemberData(nameof(InflectedOrJoined))]
    public void A_name_is_known_inflected_and_joined(string text) => Assert.Equal(PersonalTrace.Name, Data.In(text));

    [Fact]
    public void Names_are_told_from_words()
    {
        var missed = Naming.Where(text => Data.In(text) == PersonalTrace.None).ToList();
        var wronged = Innocent.Where(text => Data.In(text) != PersonalTrace.None).ToList();
        double found = Naming.Length - missed.Count;
        var (recall, precision) = (found / Naming.Length, found / (found + wronged.Count));
        output.WriteLine($"recall {recall:P0}, precision {precision:P0}; missed: {string.Join(" | ", missed)}; wronged: {string.Join(" | ", wronged)}");

        Assert.InRange(recall, 0.9, 1);
        Assert.InRange(precision, 0.95, 1);
    }

    // A long run without end was once tried from each of its characters.
    [Theory]
    [InlineData("x")]
    [InlineData("x.")]
    [InlineData("0 ")]
    [InlineData("per ")]
    public void A_long_text_is_read_at_once(string repeated) =>
        Assert.NotEqual(PersonalTrace.Name, Data.In(string.Concat(Enumerable.Repeat(repeated, 20_000)) + "1"));

    [Theory]
    [InlineData("A\u030Asa kom.", PersonalTrace.Name)]
    [InlineData("ALI är en förkortning.", PersonalTrace.None)]
    [InlineData("Skriv till hjalp@exempel.se", PersonalTrace.ContactDetails)]
    [InlineData("Ring +46 70 123 45 67", PersonalTrace.ContactDetails)]
    [InlineData("", PersonalTrace.None)]
    public void Letters_and_addresses_are_read_as_people_write_them(string text, PersonalTrace expected) => Assert.Equal(expected, Data.In(text));

    private static PersonalData Load()
    {
        using var reader = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("GivenNames.yaml")!);
        return new PersonalData(new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<NameList>(reader));
    }
}
