using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EnterprisesAreCounted : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesCounted",
                table: "Cases",
                columns: new[] { "District", "RaisedAt" },
                filter: "\"Channel\" = 'Enterprise' AND \"Nature\" <> 'Report' AND \"ReportedUnit\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesCounted",
                table: "Cases");
        }
    }
}
