using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace JieSuJiBan.Web.Reports;

public static class PrintAnswer
{
    /// <summary>Answers with a print that is looked at in the browser and kept by nobody on the way.</summary>
    /// <param name="otherwise">What can be done where there is no Chromium to draw with.</param>
    public static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> PrintAsync(this HttpContext http, string name, Func<Task<byte[]>> draw, string otherwise = "")
    {
        try
        {
            var bytes = await draw();
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName($"{name}.pdf");
            http.Response.Headers.ContentDisposition = disposition.ToString();
            http.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(bytes, "application/pdf");
        }
        catch (ChromiumMissingException)
        {
            return TypedResults.Problem($"服务器没有安装Chromium，暂时不能生成PDF{otherwise}。", statusCode: StatusCodes.Status503ServiceUnavailable, type: "pdf.no-chromium");
        }
    }
}
