using System.Text.Json;
using JieSuJiBan.Web.Components.Pages.Reports;
using JieSuJiBan.Web.Files;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Playwright;

namespace JieSuJiBan.Web.Reports;

/// <summary>
/// Draws a report as PDF: the same component as on the page, with its pictures inside it and page numbers in its contents.
/// Chromium cannot look up on which page something will stand. So the document is first laid out in columns of a page's size, which
/// break as pages do, and the columns counted; then it is drawn, and its bookmarks are asked whether the count was right.
/// </summary>
public sealed class PdfReports(PdfPrinter printer, FileStore files, IServiceScopeFactory scopes, ILoggerFactory loggers, IWebHostEnvironment environment)
{
    private const string CountColumns = """
        () => {
            const report = document.querySelector('.report');
            report.classList.add('counted');
            const step = parseFloat(getComputedStyle(report).columnWidth) + parseFloat(getComputedStyle(report).columnGap);
            const left = report.getBoundingClientRect().left;
            const page = element => 1 + Math.round((element.getClientRects()[0].left - left) / step);
            const pages = Object.fromEntries([...report.querySelectorAll('.part > h1')].map(h1 => [h1.textContent, page(h1)]));
            pages[''] = Math.max(...[...report.querySelectorAll('p, tr, figure')].map(e => 1 + Math.round(([...e.getClientRects()].at(-1).left - left) / step)));
            report.classList.remove('counted');
            return JSON.stringify(pages);
        }
        """;

    private const string FillIn = """
        json => {
            const pages = JSON.parse(json);
            for (const cell of document.querySelectorAll('[data-page-of]')) cell.textContent = pages[cell.dataset.pageOf] ?? '';
        }
        """;

    public async Task<(byte[] Pdf, int Pages)> DrawAsync(CaseReport report, CancellationToken cancellationToken = default)
    {
        var html = await RenderAsync(report, await ReadPicturesAsync(report, cancellationToken), cancellationToken);
        return await printer.PrintAsync(html, async page =>
        {
            var counted = JsonSerializer.Deserialize<Dictionary<string, int>>(await page.EvaluateAsync<string>(CountColumns))!;
            var pdf = await FillAndDrawAsync(page, counted);
            var drawn = PdfOutline.Read(pdf);
            if (counted.Any(part => drawn.GetValueOrDefault(part.Key) != part.Value))
            {
                pdf = await FillAndDrawAsync(page, drawn);
            }

            return (pdf, drawn[""]);
        }, cancellationToken);
    }

    /// <summary>Draws a document that needs no page numbers of its own parts.</summary>
    public async Task<byte[]> DrawAsync<TDocument>(string title, Dictionary<string, object?> parameters, CancellationToken cancellationToken = default)
        where TDocument : IComponent =>
        await printer.PrintAsync(await RenderAsync<TDocument>(title, parameters, cancellationToken), PdfPrinter.DrawAsync, cancellationToken);

    private static async Task<byte[]> FillAndDrawAsync(IPage page, IReadOnlyDictionary<string, int> pages)
    {
        await page.EvaluateAsync(FillIn, JsonSerializer.Serialize(pages));
        return await PdfPrinter.DrawAsync(page);
    }

    private async Task<Dictionary<Guid, string>> ReadPicturesAsync(CaseReport report, CancellationToken cancellationToken)
    {
        var pictures = new Dictionary<Guid, string>();
        foreach (var photo in report.Sections.SelectMany(section => section.Blocks).OfType<PhotosBlock>().SelectMany(block => block.Photos))
        {
            if (await files.FindStoredAsync(photo.Id, cancellationToken) is { } file)
            {
                pictures[photo.Id] = $"data:{file.ContentType};base64,{Convert.ToBase64String(await files.ReadAsync(file, cancellationToken))}";
            }
        }

        return pictures;
    }

    private Task<string> RenderAsync(CaseReport report, IReadOnlyDictionary<Guid, string> pictures, CancellationToken cancellationToken) =>
        RenderAsync<CaseReportDocument>($"{report.File.Number} {report.Cover.Title}", new() { ["Report"] = report, ["Pictures"] = pictures }, cancellationToken);

    private async Task<string> RenderAsync<TDocument>(string title, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
        where TDocument : IComponent
    {
        await using var stream = environment.WebRootFileProvider.GetFileInfo("report.css").CreateReadStream();
        using var reader = new StreamReader(stream);
        var css = await reader.ReadToEndAsync(cancellationToken);

        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var body = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return $"<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{System.Net.WebUtility.HtmlEncode(title)}</title><style>{css}</style></head><body>{body}</body></html>";
    }
}
