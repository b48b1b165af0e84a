namespace Aspire.Hosting.Launcher;

/// <summary>A health check by HTTP request.</summary>
internal static class HttpProbe
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        // Checks are rare once a service is well: an idle connection would only hold up its graceful stop.
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    { Timeout = TimeSpan.FromSeconds(3) };

    public static async Task<string?> CheckAsync(string url, string path, int statusCode, CancellationToken token)
    {
        using var answer = await Client.GetAsync(new Uri(new Uri(url), path), token);
        return (int)answer.StatusCode == statusCode ? null : $"{path} answered {(int)answer.StatusCode}";
    }
}
