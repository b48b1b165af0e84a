using System.CommandLine;

namespace Iop.DevIssuer;

/// <summary>Prints a development token: <c>token --municipality 1283 --role case-officer</c>.</summary>
public static class Program
{
    /// <summary>Runs the command line.</summary>
    public static int Main(string[] args)
    {
        var folder = new Option<string>("--folder") { Description = "Folder of the development issuer.", DefaultValueFactory = _ => ".iop/identity" };
        var municipality = new Option<string>("--municipality") { Description = "Municipality code, four digits.", Required = true };
        var role = new Option<string[]>("--role") { Description = "Role; may be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
        var organisation = new Option<string[]>("--organisation") { Description = "Resource name of an organisation represented.", AllowMultipleArgumentsPerToken = true };
        var committee = new Option<string[]>("--committee") { Description = "Code of a committee that the person works for; may be given several times.", AllowMultipleArgumentsPerToken = true };
        var subject = new Option<string?>("--subject") { Description = "Opaque id of the person." };
        var name = new Option<string?>("--name") { Description = "Name to show." };

        var init = new Command("init", "Makes the issuer's key, if it has none.") { folder };
        init.SetAction(parsed => Console.WriteLine(DevelopmentIssuer.OpenOrCreate(parsed.GetRequiredValue(folder)).KeySetFile));

        var token = new Command("token", "Prints a token.") { folder, municipality, role, organisation, committee, subject, name };
        token.SetAction(parsed => Console.WriteLine(DevelopmentIssuer.OpenOrCreate(parsed.GetRequiredValue(folder)).Token(new TokenClaims
        {
            Municipality = parsed.GetRequiredValue(municipality),
            Roles = parsed.GetRequiredValue(role),
            Organisations = parsed.GetValue(organisation) ?? [],
            Committees = parsed.GetValue(committee) ?? [],
            Subject = parsed.GetValue(subject),
            Name = parsed.GetValue(name),
        })));

        return new RootCommand("The development issuer of IopPlatform. Nothing accepts its tokens outside Development.") { init, token }.Parse(args).Invoke();
    }
}
