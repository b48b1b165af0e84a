using Grpc.AspNetCore.Server;

namespace Iop.Agreements.Api;

/// <summary>What agreements of several municipalities need.</summary>
internal static class JointServices
{
    public static void AddJointAgreements(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Guest>();
        builder.Services.AddScoped<Guests>();
        builder.Services.AddScoped<OwnCases>();
        builder.Services.AddScoped<OwnCopies>();
        builder.Services.AddScoped<OwnMarks>();
        builder.Services.AddScoped<SharedDrafts>();
        builder.Services.AddScoped<Retelling>();
        builder.Services.AddScoped<SharedNews>();
        builder.Services.AddSingleton<SharedCalls>();

        // After the platform's pipeline, which has admitted the call to the caller's own tenant by then.
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<SharedCalls>());
    }
}
