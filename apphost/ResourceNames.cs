namespace IopPlatform.AppHost;

/// <summary>What the resources of the application model are called; tests use the same names.</summary>
public sealed class ResourceNames
{
    /// <summary>The PostgreSQL server.</summary>
    public const string Postgres = "postgres";

    /// <summary>The message broker.</summary>
    public const string Messaging = "messaging";

    /// <summary>The service of organisations, and its database.</summary>
    public const string Organisations = "organisations", OrganisationsDb = "organisationsdb";

    /// <summary>The service of eligibility, and its database.</summary>
    public const string Eligibility = "eligibility", EligibilityDb = "eligibilitydb";

    /// <summary>The service of agreements, and its database.</summary>
    public const string Agreements = "agreements", AgreementsDb = "agreementsdb";

    /// <summary>The service of follow-up, and its database.</summary>
    public const string FollowUp = "followup", FollowUpDb = "followupdb";

    /// <summary>The endpoint of every service that speaks gRPC.</summary>
    public const string GrpcEndpoint = "Grpc";

    /// <summary>The endpoint of every service that tells its health over HTTP.</summary>
    public const string HealthEndpoint = "Health";

    private ResourceNames()
    {
    }

    /// <summary>The resource that brings a service's database up to date.</summary>
    /// <param name="service">The service.</param>
    public static string Migrate(string service) => $"{service}-migrate";
}
