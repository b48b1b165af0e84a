using System.Reflection;

namespace Iop.Platform.Persistence;

/// <summary>The database of one service and the roles it acts as.</summary>
/// <param name="Service">Short name of the service, for example <c>agreements</c>.</param>
/// <param name="ConnectionString">As configured under <c>ConnectionStrings:{service}db</c>. Its user owns the schema and is a member of both roles.</param>
public sealed record DatabaseOptions(string Service, string ConnectionString)
{
    /// <summary>The database of the service whose assembly this is: <c>Iop.Agreements</c> has <c>agreements</c>.</summary>
    public static DatabaseOptions Of(Assembly service, string connectionString)
    {
        var name = service.GetName().Name!;
        return new DatabaseOptions(name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant(), connectionString);
    }

    /// <summary>The role that serves requests: owns nothing, and sees the rows of the tenant entered.</summary>
    public string ServiceRole => $"iop_{Service}";

    /// <summary>The role of dispatchers and schedulers: sees every tenant's plumbing rows, and no business row.</summary>
    public string CrossTenantRole => $"iop_{Service}_crosstenant";
}
