using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Iop.Platform.Identity;

namespace Iop.Testing;

/// <summary>
/// Who may call what, as a table that is data: one row for each RPC, one column for each role. It is tried against a
/// running service with every role, in its own municipality and from another.
/// </summary>
/// <remarks>
/// The columns are divided by <c>|</c>: RPC, resource, the roles in the order of the heading, and a request as JSON with what
/// must be filled for the call to come as far as the rights of a party. A cell says <c>yes</c>, <c>-</c>, or <c>own</c>:
/// only for an organisation that the caller represents. Lines that begin with # are comments.
/// </remarks>
public sealed class AccessMatrix
{
    private const string Always = "yes";
    private const string Never = "-";
    private const string ForOwn = "own";
    private const string Parent = "parent";

    private readonly IReadOnlyDictionary<string, MethodDescriptor> _methods;
    private readonly Dictionary<string, Row> _rows;

    private AccessMatrix(IReadOnlyDictionary<string, MethodDescriptor> methods, Dictionary<string, Row> rows) => (_methods, _rows) = (methods, rows);

    /// <summary>The table that lies in a test project as <c>access.txt</c>.</summary>
    public static string TableOf(Assembly tests)
    {
        using var reader = new StreamReader(tests.GetManifestResourceStream("access.txt")!);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Reads a table for everything that the contract of a service offers: its protobuf package, whole, so that neither a new
    /// RPC nor a new service of the package can be left out.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="any">Any service of the package.</param>
    public static AccessMatrix Whole(string table, ServiceDescriptor any) => Read(table, [.. ServicesOf(any)]);

    /// <summary>Reads a table for all that these services offer.</summary>
    public static AccessMatrix Read(string table, params IReadOnlyList<ServiceDescriptor> services)
    {
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var roles = lines[0][2..^1];
        return new AccessMatrix(
            services.SelectMany(service => service.Methods).ToDictionary(method => $"{method.Service.Name}/{method.Name}", StringComparer.Ordinal),
            lines.Skip(1).ToDictionary(
                cells => cells[0],
                cells => new Row(cells[1], roles.Zip(cells[2..^1]).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), cells[^1]),
                StringComparer.Ordinal));
    }

    private static IEnumerable<ServiceDescriptor> ServicesOf(ServiceDescriptor any) => any.Methods[0].InputType.ClrType.Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(FileDescriptor))
        .Select(property => (FileDescriptor)property!.GetValue(null)!)
        .Where(file => file.Package == any.File.Package)
        .SelectMany(file => file.Services);

    /// <summary>Every RPC that the services offer.</summary>
    public IEnumerable<string> Rpcs => _methods.Keys;

    /// <summary>What is wrong with the table itself: an RPC without a row, a row without an RPC, a role or a word that is none.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. _methods.Keys.Except(_rows.Keys).Select(rpc => $"{rpc} has no row"),
        .. _rows.Keys.Except(_methods.Keys).Select(rpc => $"{rpc} is no RPC"),
        .. _rows.SelectMany(row => Roles.All.Except(row.Value.Cells.Keys).Select(role => $"{row.Key} says nothing of {role}")),
        .. _rows.SelectMany(row => row.Value.Cells.Where(cell => cell.Value is not (Always or Never or ForOwn)).Select(cell => $"{row.Key}: {cell.Key} {cell.Value}")),
    ];

    /// <summary>Calls an RPC as every role, and gives what was answered otherwise than the table says.</summary>
    public async Task<IReadOnlyList<string>> TryAsync(string rpc, AccessWorld world)
    {
        var (method, row) = (_methods[rpc], _rows[rpc]);
        var probe = new AccessProbe(method, row.Resource, row.Request, world);
        var found = new List<string?>();
        foreach (var (role, cell) in row.Cells)
        {
            var own = role == Roles.OrganisationRepresentative ? new[] { world.Organisation } : [];
            found.Add(await probe.DiffersAsync(world.Municipality, role, own, cell == Never ? "SCOPE_MISSING" : null));
            found.Add(await probe.DiffersAsync(world.Elsewhere, role, own, cell == Never ? "SCOPE_MISSING" : "TENANT_NOT_ALLOWED"));

            // Of a thing that is not there nothing else is told.
            found.Add(await probe.DiffersAsync(world.Elsewhere, role, own, cell == Never ? "SCOPE_MISSING" : "TENANT_NOT_ALLOWED", invented: true));
            if (cell == ForOwn)
            {
                found.Add(await probe.DiffersAsync(world.Municipality, role, [world.OtherOrganisation], "PARTY_NOT_ALLOWED"));
                found.Add(await probe.DiffersAsync(world.Municipality, role, [], "PARTY_NOT_ALLOWED"));
            }
        }

        // A role that nobody has given anything, and none at all.
        found.Add(await probe.DiffersAsync(world.Municipality, "passer-by", [world.Organisation], "SCOPE_MISSING"));
        found.Add(await probe.DiffersAsync(world.Municipality, "", [world.Organisation], "SCOPE_MISSING"));
        return [.. found.OfType<string>()];
    }

    /// <summary>
    /// Calls an RPC as every role that may, in its own municipality, and gives what was answered otherwise than with a reason:
    /// to those whom it concerns, and to no others.
    /// </summary>
    public async Task<IReadOnlyList<string>> TryDeniedAsync(string rpc, AccessWorld world, string reason, Func<string, bool> concerns)
    {
        var (method, row) = (_methods[rpc], _rows[rpc]);
        var probe = new AccessProbe(method, row.Resource, row.Request, world);
        var found = new List<string?>();
        foreach (var role in row.Cells.Where(cell => cell.Value != Never).Select(cell => cell.Key))
        {
            var own = role == Roles.OrganisationRepresentative ? new[] { world.Organisation } : [];
            found.Add(await probe.DiffersAsync(world.Municipality, role, own, concerns(role) ? reason : null));
        }

        return [.. found.OfType<string>()];
    }

    /// <summary>
    /// Calls every RPC whose resource is the municipality itself with a name that goes on after it, and gives those that did not
    /// refuse the name.
    /// </summary>
    public async Task<IReadOnlyList<string>> TryParentsAsync(AccessWorld world)
    {
        var found = new List<string?>();
        foreach (var (rpc, row) in _rows.Where(row => row.Value.Resource == Parent))
        {
            var role = row.Cells.First(cell => cell.Value != Never).Key;
            found.Add(await new AccessProbe(_methods[rpc], row.Resource, row.Request, world).TakesLongerNameAsync(world.Municipality, role));
        }

        return [.. found.OfType<string>()];
    }

    private sealed record Row(string Resource, Dictionary<string, string> Cells, string Request);
}

/// <summary>What an access matrix is tried in.</summary>
public sealed record AccessWorld
{
    /// <summary>A caller of a municipality, with a role and the organisations that it represents.</summary>
    public required Func<string, string, string[], CallInvoker> As { get; init; }

    /// <summary>The municipality that owns the resources.</summary>
    public required string Municipality { get; init; }

    /// <summary>Another municipality.</summary>
    public required string Elsewhere { get; init; }

    /// <summary>The organisation that the resources concern.</summary>
    public required string Organisation { get; init; }

    /// <summary>Another organisation of the same municipality, which no resource concerns.</summary>
    public required string OtherOrganisation { get; init; }

    /// <summary>
    /// Names by the word that the table has for them: <c>case</c>, <c>parent</c> and so on. All exist. One that a role has a
    /// name of its own for is there once more, as <c>party of auditor</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Resources { get; init; }
}
