using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Rhythm = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false),
                    Attendance = table.Column<string>(type: "TEXT", nullable: false),
                    Remarks = table.Column<string>(type: "TEXT", nullable: false),
                    Figures = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reviews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReviewDecisions",
                columns: table => new
                {
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Order = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewDecisions", x => new { x.ReviewId, x.No });
                    table.ForeignKey(
                        name: "FK_ReviewDecisions_Reviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "Reviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_ArrivalLapsedAt",
                table: "WhistleUnits",
                column: "ArrivalLapsedAt",
                filter: "\"ArrivalLapsedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_ResponseLapsedAt",
                table: "WhistleUnits",
                column: "ResponseLapsedAt",
                filter: "\"ResponseLapsedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Whistles_District_SoundedAt",
                table: "Whistles",
                columns: new[] { "District", "SoundedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_IssuedAt",
                table: "SupervisionOrders",
                columns: new[] { "District", "IssuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_DispatchObjections_RaisedAt",
                table: "DispatchObjections",
                column: "RaisedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Crowds_District_RaisedAt",
                table: "Crowds",
                columns: new[] { "District", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_RegisteredAt_ReportedUnit",
                table: "Cases",
                columns: new[] { "District", "RegisteredAt", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_Solved_IsOpen",
                table: "Cases",
                columns: new[] { "District", "Solved", "IsOpen" },
                filter: "\"Solved\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReviewDecisions_Order",
                table: "ReviewDecisions",
                column: "Order",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Number",
                table: "Reviews",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Unit_OpenedAt",
                table: "Reviews",
                columns: new[] { "Unit", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Unit_Rhythm",
                table: "Reviews",
                columns: new[] { "Unit", "Rhythm" },
                unique: true,
                filter: "\"IsOpen\"");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Unit_Rhythm_To",
                table: "Reviews",
                columns: new[] { "Unit", "Rhythm", "To" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReviewDecisions");

            migrationBuilder.DropTable(
                name: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_ArrivalLapsedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_ResponseLapsedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_Whistles_District_SoundedAt",
                table: "Whistles");

            migrationBuilder.DropIndex(
                name: "IX_SupervisionOrders_District_IssuedAt",
                table: "SupervisionOrders");

            migrationBuilder.DropIndex(
                name: "IX_DispatchObjections_RaisedAt",
                table: "DispatchObjections");

            migrationBuilder.DropIndex(
                name: "IX_Crowds_District_RaisedAt",
                table: "Crowds");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_RegisteredAt_ReportedUnit",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_Solved_IsOpen",
                table: "Cases");
        }
    }
}
